import {
  LiveError,
  openSyslogListener,
  Spool,
  type SpoolPosition,
  SpoolReader,
  type SyslogCounters,
  type SyslogListener,
  type SyslogListenerOptions,
} from '@sekisho/ingest'
import type { FeedBatch, LineFeed } from '@sekisho/pipeline'
import type { SyslogSourceConfig } from '../config/service-config.ts'
import { readServerTls } from '../config/tls-files.ts'
import type { Logger } from '../service/logger.ts'
import type { Measures } from '../service/measures.ts'
import { shownText } from '../terminal/shown-text.ts'
import { UsageError } from '../usage-error.ts'

/** How often counters are looked at. */
const COUNT_MS = 1000

export interface SyslogFeedOptions {
  readonly source: SyslogSourceConfig
  /** Of this source's spool. */
  readonly spoolFolder: string
  readonly spoolBytesMax: number
  readonly position: unknown
  readonly log: Logger
  readonly measures: Measures
}

/** What a listener receives goes to a spool on disk at once, and is read from there: a killed process loses none of it. */
export class SyslogFeed implements LineFeed {
  readonly name: string
  readonly #spool: Spool
  readonly #reader: SpoolReader
  readonly #listener: SyslogListener
  readonly #measures: Measures
  readonly #timer: NodeJS.Timeout
  #seen: SyslogCounters | null = null

  private constructor(
    { source, measures }: SyslogFeedOptions,
    spool: Spool,
    reader: SpoolReader,
    listener: SyslogListener,
  ) {
    this.name = source.name
    this.#spool = spool
    this.#reader = reader
    this.#listener = listener
    this.#measures = measures
    this.#timer = setInterval(() => void this.#count(), COUNT_MS)
  }

  /** @throws UsageError when it cannot listen, or the spool cannot be used */
  static async open(options: SyslogFeedOptions): Promise<SyslogFeed> {
    const { source, spoolFolder, spoolBytesMax, log } = options
    const position = options.position as SpoolPosition | undefined
    const onProblem = ({ path, problem }: { readonly path: string; readonly problem: string }) =>
      log.warn('source-problem', `${shownText(path)} ${problem}`, { source: source.name })
    try {
      const spool = await Spool.open({
        ...{ folder: spoolFolder, position, bytesMax: spoolBytesMax, onProblem },
      })
      const { name } = source
      const reader = new SpoolReader(spool, { name, position, onProblem })
      const listener = await openSyslogListener(listenerOptionsOf(source, spool, onProblem))
      const { transport, address } = source
      log.info('listening', 'Listens for syslog', { transport, address, port: listener.port })
      return new SyslogFeed(options, spool, reader, listener)
    } catch (error) {
      if (error instanceof LiveError) throw new UsageError(`${source.name}: ${error.message}`)
      throw error
    }
  }

  get isCaughtUp(): boolean {
    return this.#reader.isCaughtUp
  }

  get isInOrder(): boolean {
    return this.#reader.isInOrder
  }

  get lag(): number {
    return this.#reader.lag
  }

  /** What was received and not asked for stays in the spool for the next run. */
  async next(signal: AbortSignal): Promise<FeedBatch | null> {
    return await this.#reader.next(signal)
  }

  async release(position: unknown): Promise<void> {
    await this.#spool.release(position as SpoolPosition)
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#listener.close()
    await this.#count()
    await this.#reader.close()
    await this.#spool.close()
  }

  /** Adds what has happened since the last look. */
  async #count(): Promise<void> {
    const now = await this.#listener.counters()
    const before = this.#seen
    this.#seen = now
    const measures = this.#measures
    const add = (kind: Parameters<Measures['capped']>[0], name: keyof SyslogCounters): void => {
      const more = (now[name] ?? 0) - (before?.[name] ?? 0)
      if (more > 0) measures.capped(kind, more)
    }
    add('connections', 'connectionsRefused')
    add('sender-not-allowed', 'droppedNotAllowed')
    add('line-bytes', 'tooLong')
    add('spool-bytes', 'droppedSpoolFull')
    measures.udpKernelDrops((now.kernelDrops ?? 0) - (before?.kernelDrops ?? 0))
    measures.spool(this.#spool.totalBytes)
  }
}

function listenerOptionsOf(
  source: SyslogSourceConfig,
  sink: Spool,
  onProblem: SyslogListenerOptions['onProblem'],
): SyslogListenerOptions {
  const { address, port, allow } = source
  const common = { address, port, allow, sink, onProblem }
  if (source.transport === 'udp') {
    return { transport: 'udp', receiveBufferBytes: source.receiveBufferBytes, ...common }
  }
  const { connectionsMax, connectionsPerAddressMax } = source
  const limits = { connectionsMax, connectionsPerAddressMax }
  if (source.transport === 'tcp') return { transport: 'tcp', ...limits, ...common }
  const { cert, key, clientCa, clientCertificate } = readServerTls(source.tls)
  const tls = { cert, key, clientCa: clientCa ?? undefined, clientCertificate }
  return { transport: 'tls', tls, ...limits, ...common }
}
