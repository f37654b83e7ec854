import { BrokerError } from '@sekisho/bus'
import { checkedTopics, setUpTopics } from '@sekisho/pipeline'
import type { CommandRun } from '../command.ts'
import { failed, passed, unreachable } from '../config/checks/check-row.ts'
import type { KafkaCheck } from '../config/checks/kafka-check.ts'
import { readServiceConfig } from '../config/read-service-config.ts'
import { EXIT } from '../exit-code.ts'
import { brokerOf, kafkaOf } from '../live/service-parts.ts'
import { type ServiceLog, serviceLog } from '../service/logger.ts'
import { UsageError } from '../usage-error.ts'

/** `sekisho setup kafka`: creates the topics that are missing; safe to repeat. */
export const setupKafka: CommandRun = async (_operands, values, io) => {
  const config = readServiceConfig(values, io.environment)
  const kafka = kafkaOf(config, 'setup kafka')
  const log: ServiceLog = serviceLog('setup', { level: 'warn', format: 'text' }, io)
  const broker = brokerOf(kafka, log)
  try {
    const { created, problems } = await setUpTopics(broker, kafka)
    for (const topic of created) await io.stdout.write(`created ${topic}\n`)
    if (created.length === 0) await io.stdout.write('nothing to do: every topic is there\n')
    if (problems.length > 0) throw new UsageError(problems.join('\n'))
    return EXIT.done
  } finally {
    await broker.close()
    await log.flush()
  }
}

/** For `sekisho config validate --connect`: the user is let in, and the topics are as they must be. */
export const topicsCheck: KafkaCheck = async (kafka) => {
  const quiet = { debug() {}, info() {}, warn() {}, error() {}, with: () => quiet }
  const broker = brokerOf(kafka, quiet)
  try {
    const problems = await checkedTopics(broker, kafka)
    if (problems.length === 0) return [passed('kafka topics', 'are there and as they must be')]
    return problems.map((problem) => failed('kafka topics', problem))
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error
    return [unreachable('kafka topics', error.message)]
  } finally {
    await broker.close()
  }
}
