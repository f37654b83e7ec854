import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { Broker, Disk } from '@sekisho/bus'
import type { Locator } from '@sekisho/event'
import { type ExpandedInputs, FollowedFiles, LineParser } from '@sekisho/ingest'
import {
  ArchiveFeed,
  AttemptReader,
  type LineFeed,
  type LineMeasures,
  type ReadFeed,
  SYSTEM_CLOCK,
  TopicFeed,
} from '@sekisho/pipeline'
import type { ServiceConfig, SourceConfig } from '../config/service-config.ts'
import type { Logger } from '../service/logger.ts'
import type { Measures } from '../service/measures.ts'
import { shownText } from '../terminal/shown-text.ts'
import { newRunId } from './service-parts.ts'
import { SyslogFeed } from './syslog-feed.ts'

/** What feeds are made from. */
export interface FeedParts {
  readonly config: ServiceConfig
  /** Of the service's state; spools are in it. */
  readonly folder: string
  readonly broker: Broker | null
  readonly disk: Disk
  readonly log: Logger
  readonly measures: Measures
  readonly signal: AbortSignal
  /** Of a former run, by the name of the feed. */
  readonly positions: Readonly<Record<string, unknown>>
  readonly locator: Locator
  readonly lines: LineMeasures
}

/** Files that are there already, as one feed that ends. */
export async function archiveFeed(
  parts: FeedParts,
  { sources, problems }: ExpandedInputs,
): Promise<ReadFeed> {
  const { log, positions, config } = parts
  for (const { path, problem } of problems) {
    log.error('source-unreadable', `${shownText(path)} ${problem}`)
  }
  const paths = sources.map(({ path }) => path)
  // Standard input is something else each time.
  const list = sources.some(({ kind }) => kind === 'stdin') ? newRunId() : JSON.stringify(paths)
  const name = `archive ${hash('sha256', list, 'hex').slice(0, 16)}`
  if (positions[name] !== undefined) {
    log.info('archive-known', 'Goes on where these files were read before', { files: paths.length })
  }
  const feed = new ArchiveFeed(name, sources, positions[name], (path, problem) =>
    log.error('source-unreadable', `${shownText(path)} ${problem}`),
  )
  return { feed, reader: readerOf(parts, config.timezone) }
}

/** Opens every source of the configuration. @throws UsageError, BrokerError */
export async function openFeeds(parts: FeedParts): Promise<ReadFeed[]> {
  const feeds: ReadFeed[] = []
  try {
    for (const source of parts.config.sources) {
      const feed = await openFeed(parts, source)
      feeds.push({ feed, reader: readerOf(parts, source.timezone) })
    }
    return feeds
  } catch (error) {
    // What was opened would listen on, and keep the process from ending.
    for (const { feed } of feeds) await feed.close()
    throw error
  }
}

async function openFeed(parts: FeedParts, source: SourceConfig): Promise<LineFeed> {
  const { name } = source
  const position = parts.positions[name]
  if (source.type === 'files') {
    const { paths, pollMs } = source
    return new FollowedFiles({
      ...{ name, paths, pollMs },
      position: position as ConstructorParameters<typeof FollowedFiles>[0]['position'],
      onProblem: ({ path, problem }) =>
        parts.log.warn('source-problem', `${shownText(path)} ${problem}`),
    })
  }
  if (source.type === 'syslog') {
    return await SyslogFeed.open({
      source,
      spoolFolder: join(parts.folder, 'spool', fileNameOf(name)),
      spoolBytesMax: parts.config.state.spoolBytesMax,
      position,
      log: parts.log,
      measures: parts.measures,
    })
  }
  const { topic } = source
  const group = `${parts.config.kafka?.prefix}.raw.${name}`
  return await TopicFeed.open(
    parts.broker as Broker,
    { name, topic, group },
    position,
    SYSTEM_CLOCK,
  )
}

/** A name that is a file's, whatever the source is called. */
function fileNameOf(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E')
}

function readerOf({ locator, config, lines }: FeedParts, timezone: string | null): AttemptReader {
  const parser = new LineParser(timezone === null ? {} : { timezone })
  return new AttemptReader(parser, locator, config.detect, lines)
}
