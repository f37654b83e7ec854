import type { CommandRun } from '../command.ts'
import { didYouMean } from '../nearest.ts'
import { shownStart } from '../terminal/shown-text.ts'
import { UsageError } from '../usage-error.ts'
import { oneOf } from '../words.ts'

/** Each is loaded when it is asked for: clients are large. */
const TARGETS: Readonly<Record<string, () => Promise<CommandRun>>> = {
  kafka: async () => (await import('./setup-kafka.ts')).setupKafka,
  kibana: async () => (await import('./setup-kibana.ts')).setupKibana,
  elasticsearch: async () => (await import('./setup-elasticsearch.ts')).setupElasticsearch,
}

/** `sekisho setup TARGET`. */
export const setup: CommandRun = async (operands, values, io) => {
  const names = Object.keys(TARGETS)
  const [target, ...more] = operands
  if (target === undefined) throw new UsageError(`sekisho setup needs a target: ${oneOf(names)}`)
  const load = Object.hasOwn(TARGETS, target) ? TARGETS[target] : undefined
  if (load === undefined) {
    throw new UsageError(
      `unknown target ${shownStart(target, 100)} of sekisho setup${didYouMean(target, names) || `: ${oneOf(names)}`}`,
    )
  }
  if (more.length > 0) throw new UsageError(`sekisho setup ${target} takes no more operands`)
  const run = await load()
  return await run([], values, io)
}
