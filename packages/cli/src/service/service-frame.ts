import { BrokerError } from '@sekisho/bus'
import { bindReasonOf } from '../config/checks/listener-check.ts'
import type { HttpConfig, ServiceConfig } from '../config/service-config.ts'
import { EXIT, EXIT_OF_SIGNAL } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { Stopped } from '../stopped.ts'
import { UsageError } from '../usage-error.ts'
import { versionOf } from '../version.ts'
import { Health } from './health.ts'
import { type HttpServer, startHttpServer } from './http-server.ts'
import { type Logger, serviceLog } from './logger.ts'
import type { Measures } from './measures.ts'
import { type Metrics, metricsOf } from './metrics.ts'
import { UnreachableError } from './unreachable-error.ts'

/** How long a service may take to end its work after the first signal. */
const DRAIN_MS_MAX = 10_000

/** How long a scrape under way may take when the service has ended. */
const HTTP_CLOSE_MS_MAX = 500

/** What a service gets besides its configuration. */
export interface ServiceContext {
  readonly log: Logger
  readonly measures: Measures
  readonly health: Health
  /** Aborted by the first signal: finish what is begun, take nothing new, and return within ten seconds. */
  readonly signal: AbortSignal
}

/**
 * Returns when everything is done or, after `signal` was aborted, when everything begun is safe; that it throws the
 * signal's reason then means the same.
 */
export type Service = (context: ServiceContext) => Promise<void>

export interface ServiceFrameOptions {
  readonly drainMsMax?: number
  /** Ends the process whatever still runs in it. */
  readonly exit?: (code: number) => void
}

/**
 * Runs a service with log, metrics, health and its HTTP server, until it ends or a signal asks it to.
 *
 * Exit codes: 0 also when a signal ended it and it drained in time; the signal's (143 for SIGTERM) when it did not and was cut off,
 * which loses nothing but repeats work; 4 when a service that it needs is unreachable. `main.ts` ends the process at once on a second signal.
 * @param name of the command, such as `score`
 * @throws UsageError and whatever else the service throws: `run.ts` knows what each means
 */
export async function runService(
  name: string,
  config: ServiceConfig,
  io: Io,
  service: Service,
  options: ServiceFrameOptions = {},
): Promise<number> {
  const log = serviceLog(name, config.log, io)
  const metrics = metricsOf(name, versionOf(), io.nowMs)
  const health = new Health()
  const http = await serverOf(config.http, health, metrics)
  try {
    log.info('service-started', 'The service starts', {
      version: versionOf(),
      configuration: config.path ?? 'defaults',
      ...(http === null ? {} : { httpPort: http.port }),
    })
    const { measures } = metrics
    const { signal } = io
    const isEnded = await endedInTime(service({ log, measures, health, signal }), {
      signal,
      drainMsMax: options.drainMsMax ?? DRAIN_MS_MAX,
      onStop: () => {
        health.stop()
        log.info('service-draining', 'A signal asks the service to end; it finishes what it began')
      },
    })
    if (isEnded) return EXIT.done
    log.error('service-cut-off', 'The service did not end in time and is cut off')
    await log.flush()
    const code = codeOf(signal)
    const exit = options.exit ?? process.exit
    exit(code)
    return code
  } catch (error) {
    if (!(error instanceof BrokerError || error instanceof UnreachableError)) throw error
    log.error('service-unreachable', error.message)
    return EXIT.unreachable
  } finally {
    health.stop()
    await http?.close(HTTP_CLOSE_MS_MAX)
    log.info('service-ended', 'The service has ended')
    await log.flush()
  }
}

async function serverOf(
  http: HttpConfig | null,
  health: Health,
  metrics: Metrics,
): Promise<HttpServer | null> {
  if (http === null) return null
  const { address, port } = http
  const token = http.token?.read() ?? null
  try {
    return await startHttpServer({ address, port, token, health, metrics })
  } catch (error) {
    throw new UsageError(`http: cannot listen at ${address} port ${port}: ${bindReasonOf(error)}`)
  }
}

/** @returns false when the work went on for too long after the signal; it still goes on then */
async function endedInTime(
  work: Promise<void>,
  {
    signal,
    drainMsMax,
    onStop,
  }: { readonly signal: AbortSignal; readonly drainMsMax: number; readonly onStop: () => void },
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  let stopped: () => void = () => {}
  const overdue = new Promise<false>((resolve) => {
    stopped = () => {
      onStop()
      timer = setTimeout(() => resolve(false), drainMsMax)
    }
  })
  if (signal.aborted) stopped()
  else signal.addEventListener('abort', stopped, { once: true })
  try {
    const done = work.then(
      () => true,
      (error) => {
        if (signal.aborted && error === signal.reason) return true
        throw error
      },
    )
    return await Promise.race([done, overdue])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stopped)
  }
}

function codeOf({ reason }: AbortSignal): number {
  return EXIT_OF_SIGNAL[reason instanceof Stopped ? reason.signal : 'SIGTERM']
}
