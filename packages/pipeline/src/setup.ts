import type { Broker } from '@sekisho/bus'
import { topicProblems, topicSpecsOf, topicsOf } from './topics.ts'

export interface TopicsWanted {
  readonly prefix: string
  readonly partitions: number
  readonly replicationFactor: number
}

/** Creates the topics that are missing. @returns their names, and what is wrong with those that were there */
export async function setUpTopics(
  broker: Broker,
  wanted: TopicsWanted,
): Promise<{ readonly created: readonly string[]; readonly problems: readonly string[] }> {
  const specs = specsOf(wanted)
  const names = specs.map(({ topic }) => topic)
  const before = await broker.describe(names)
  const missing = specs.filter(({ topic }) => !before.has(topic))
  if (missing.length > 0) await broker.create(missing)
  const problems = topicProblems(specs, await broker.describe(names))
  return { created: missing.map(({ topic }) => topic), problems }
}

/** What is wrong with the topics, a sentence each. */
export async function checkedTopics(broker: Broker, wanted: TopicsWanted): Promise<string[]> {
  const specs = specsOf(wanted)
  return topicProblems(specs, await broker.describe(specs.map(({ topic }) => topic)))
}

function specsOf({ prefix, partitions, replicationFactor }: TopicsWanted) {
  return topicSpecsOf(topicsOf(prefix), partitions, replicationFactor)
}
