import { hash } from 'node:crypto'
import type { Broker, Disk } from '@sekisho/bus'
import type { Locator } from '@sekisho/event'
import { type ExpandedInputs, LineParser } from '@sekisho/ingest'
import {
  ArchiveFeed,
  AttemptReader,
  type LineMeasures,
  type ReadFeed,
  SYSTEM_CLOCK,
  TopicFeed,
} from '@sekisho/pipeline'
import type { ServiceConfig } from '../config/service-config.ts'
import type { Logger } from '../service/logger.ts'
import type { Measures } from '../service/measures.ts'
import { shownText } from '../terminal/shown-text.ts'

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
  const name = `archive ${hash('sha256', JSON.stringify(paths), 'hex').slice(0, 16)}`
  const feed = new ArchiveFeed(name, sources, positions[name], (path, problem) =>
    log.error('source-unreadable', `${shownText(path)} ${problem}`),
  )
  return { feed, reader: readerOf(parts, config.timezone) }
}

/** Opens every source of the configuration. @throws UsageError, BrokerError */
export async function openFeeds(parts: FeedParts): Promise<ReadFeed[]> {
  const feeds: ReadFeed[] = []
  for (const source of parts.config.sources) {
    const reader = readerOf(parts, source.timezone)
    const position = parts.positions[source.name]
    if (source.type === 'kafka') {
      const { name, topic } = source
      const group = `${parts.config.kafka?.prefix}.raw.${name}`
      const feed = await TopicFeed.open(
        parts.broker as Broker,
        { name, topic, group },
        position,
        SYSTEM_CLOCK,
      )
      feeds.push({ feed, reader })
    }
  }
  return feeds
}

function readerOf({ locator, config, lines }: FeedParts, timezone: string | null): AttemptReader {
  const parser = new LineParser(timezone === null ? {} : { timezone })
  return new AttemptReader(parser, locator, config.detect, lines)
}
