import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { type Broker, type Disk, StateLock, StateLockedError } from '@sekisho/bus'
import { kafkaBroker } from '@sekisho/bus/kafka'
import { keyedHashOf } from '@sekisho/detect'
import { openLocator } from '@sekisho/locate'
import {
  type Channel,
  type Counted,
  checkedTopics,
  InTurn,
  type LineMeasures,
  NOWHERE,
  type Point,
  type Reach,
  Rotation,
  type StageMeasures,
} from '@sekisho/pipeline'
import { reasonOf } from '../config/secret.ts'
import type { KafkaConfig, ServiceConfig } from '../config/service-config.ts'
import { readKafkaAccess } from '../config/tls-files.ts'
import type { Io } from '../io.ts'
import type { Delivery } from '../outputs/delivery.ts'
import type { Logger } from '../service/logger.ts'
import type { Measures, StageMeasures as StageMetrics } from '../service/measures.ts'
import { UsageError } from '../usage-error.ts'

/** The broker that the configuration names, files of passwords and certificates read. @throws UsageError */
export function brokerOf(kafka: KafkaConfig, log: Logger): Broker {
  return kafkaBroker({
    ...readKafkaAccess(kafka),
    log: (level, message, fields) => log[level]('kafka', message, fields),
  })
}

/** @throws UsageError when no broker is named */
export function kafkaOf({ kafka }: ServiceConfig, command: string): KafkaConfig {
  if (kafka !== null) return kafka
  throw new UsageError(
    `sekisho ${command} needs kafka.brokers in the configuration, or --kafka-brokers HOST:PORT`,
  )
}

/** Refuses to begin with topics that would lose what they hold. @throws UsageError */
export async function refuseOtherTopics(broker: Broker, kafka: KafkaConfig): Promise<void> {
  const problems = await checkedTopics(broker, kafka)
  if (problems.length > 0) throw new UsageError(problems.join('\n'))
}

/** The location tables; compiled on first use. */
export function locatorFor(config: ServiceConfig, log: Logger) {
  return openLocator({
    networks: config.networks,
    onProgress: ({ step }) =>
      log.info('location-tables', 'Preparing the location tables, once', { step }),
  })
}

/** What else changes results: own networks, zones. */
export function datedFor({ networks, timezone }: ServiceConfig): string[] {
  return [JSON.stringify(networks), timezone ?? '']
}

/** Tells one tenant and `hashKey` from another without giving the key away. */
export function ownerOf({ detect }: ServiceConfig): string {
  return `${detect.tenant} ${keyedHashOf(detect.hashKey, 'state file')}`
}

export function newRunId(): string {
  return randomUUID()
}

/** Holds the state folder against a second process. @throws UsageError */
export function lockedFolder(folder: string): StateLock {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return new StateLock(`${folder}/state`)
  } catch (error) {
    if (error instanceof StateLockedError) {
      throw new UsageError(`${folder} (state.folder) cannot be used now: ${error.message}`)
    }
    throw new UsageError(`${folder} (state.folder) cannot be used: ${reasonOf(error)}`)
  }
}

/** Files that alerts, signals and dead letters are added to; the outbox is one, and changes. */
export function outputPathsOf(
  { outputs, signalsPath, deadLettersPath }: ServiceConfig,
  delivery: Delivery | null,
): Readonly<Record<Channel, readonly string[]>> & { readonly deadLetters: string } {
  const files = outputs.flatMap((output) => (output.type === 'file' ? [output.path] : []))
  return {
    get alerts() {
      return delivery === null ? files : [...files, delivery.path]
    },
    signals: signalsPath === null ? [] : [signalsPath],
    deadLetters: deadLettersPath,
  }
}

/** What is put aside when it has become too large. */
export function rotationOf({ outputs }: ServiceConfig, disk: Disk): Rotation {
  const rules = outputs.flatMap((output) =>
    output.type === 'file' && output.rotate !== null ? [[output.path, output.rotate] as const] : [],
  )
  return new Rotation(disk, new Map(rules))
}

/** Alerts on standard output when that is an output; signals never. */
export function documentPrinter(
  { outputs }: ServiceConfig,
  io: Io,
): (channel: Channel, text: string) => void {
  if (!outputs.some(({ type }) => type === 'stdout')) return () => {}
  const turn = new InTurn()
  return (channel, text) => {
    if (channel === 'alerts') void turn.do(async () => io.stdout.write(text))
  }
}

export function lineMeasuresOf(measures: Measures): LineMeasures {
  return {
    event: () => measures.lines('event', 1),
    ignored: () => measures.lines('ignored', 1),
    rejected(reason) {
      measures.lines('rejected', 1)
      measures.rejected(reason, 1)
    },
  }
}

/** Counts of stages, in the words of the metrics. */
export function countedBy(measures: Measures): Counted {
  return (kind, count) => {
    if (kind === 'attempts') measures.attempts(count)
    else if (kind === 'late') measures.lateBeyondHorizon(count)
    else if (kind === 'capped') measures.capped('state-users', count)
  }
}

/** Metrics of a stage, and a line of the log for what an operator wants to know. */
export function loggedStage(
  measures: Measures,
  stage: 'user' | 'network',
  log: Logger,
): StageMeasures {
  const metrics: StageMetrics = measures.stage(stage)
  return {
    endToEnd: (durationMs) => measures.endToEnd(durationMs),
    lag: (partition, records) => metrics.lag(partition, records),
    committed: (outputs, tookMs, isSnapshot) => metrics.committed(outputs, tookMs, isSnapshot),
    restored(tookMs) {
      metrics.restored(tookMs)
      log.info('partition-restored', 'A partition has been restored', { stage, tookMs })
    },
    retried(error) {
      metrics.retried(error)
      log.warn('partition-lost-hold', 'A partition was lost hold of and is tried again', {
        stage,
        problem: error.problem,
        reason: error.message,
      })
    },
  }
}

/** `SEKISHO_TEST_FAULT=after-commit:3`: the third time that point is reached, the process is killed. For tests only. */
const FAULT = /^([a-z-]+):(\d{1,6})$/

export function reachOf({ environment }: Pick<Io, 'environment'>): Reach {
  const [, wanted, times] = FAULT.exec(environment.SEKISHO_TEST_FAULT ?? '') ?? []
  if (wanted === undefined) return NOWHERE
  let left = Number(times)
  return (point: Point) => {
    if (point === wanted && --left === 0) process.kill(process.pid, 'SIGKILL')
  }
}
