import {
  DEFAULT_PACE,
  PipelineError,
  ScoreService,
  type StageName,
  SYSTEM_CLOCK,
  topicsOf,
} from '@sekisho/pipeline'
import type { CommandRun } from '../command.ts'
import { readServiceConfig } from '../config/read-service-config.ts'
import { runService } from '../service/service-frame.ts'
import { UsageError } from '../usage-error.ts'
import {
  brokerOf,
  countedBy,
  datedFor,
  kafkaOf,
  locatorFor,
  loggedStage,
  newRunId,
  reachOf,
  refuseOtherTopics,
} from './service-parts.ts'
import { untilStopped } from './until-stopped.ts'

const STAGES = ['all', 'user', 'network'] as const

/** `sekisho score`: stages U and N over Kafka. */
export const score: CommandRun = async (operands, values, io) => {
  if (operands.length > 0) throw new UsageError('sekisho score takes no operands')
  const config = readServiceConfig(values, io.environment)
  const kafka = kafkaOf(config, 'score')
  const stage = values.choice('stage', STAGES) ?? 'all'
  const stages: readonly StageName[] = stage === 'all' ? ['user', 'network'] : [stage]
  return await runService('score', config, io, async ({ log, measures, health, signal }) => {
    const owning = health.check('partitions', 'the groups have not been joined yet')
    const broker = brokerOf(kafka, log)
    try {
      await refuseOtherTopics(broker, kafka)
      await untilStopped(signal, async (fail) => {
        const service = new ScoreService({
          ...{ broker, stages, prefix: kafka.prefix, partitions: kafka.partitions },
          config: config.detect,
          databases: locatorFor(config, log).version,
          dated: datedFor(config),
          topics: topicsOf(kafka.prefix),
          clock: SYSTEM_CLOCK,
          runId: newRunId(),
          newNonce: newRunId,
          pace: DEFAULT_PACE,
          measuresOf: (name) => loggedStage(measures, name, log),
          counted: countedBy(measures),
          reach: reachOf(io),
          onFatal: (error) =>
            fail(error instanceof PipelineError ? new UsageError(error.message) : error),
        })
        await service.start()
        const timer = setInterval(() => {
          const { partitions, ready } = service.owned
          if (ready === partitions) owning.pass()
          else owning.fail(`${ready} of ${partitions} partitions are restored`)
        }, 200)
        return async () => {
          clearInterval(timer)
          await service.stop()
        }
      })
    } finally {
      await broker.close()
    }
  })
}
