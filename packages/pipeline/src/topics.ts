import type { TopicDescription, TopicSpec } from '@sekisho/bus'

/** Names of the topics of one deployment. */
export interface Topics {
  /** Located attempts and watermarks, by user. */
  readonly authByUser: string
  /** What stage U says of attempts, by source network. */
  readonly attemptsByNetwork: string
  /** What stage U of each partition can be restored from. */
  readonly changelogUser: string
  readonly changelogNetwork: string
  /** What the partitions' complete days add up to; one partition. */
  readonly organisation: string
  /** Alerts as ECS documents, signals (severity low) among them; the key is the alert's id. */
  readonly alerts: string
  /** What could not be read, with the reason. */
  readonly deadLetters: string
}

export function topicsOf(prefix: string): Topics {
  return {
    authByUser: `${prefix}.auth.by-user`,
    attemptsByNetwork: `${prefix}.attempts.by-net`,
    changelogUser: `${prefix}.changelog.user`,
    changelogNetwork: `${prefix}.changelog.net`,
    organisation: `${prefix}.org.partials`,
    alerts: `${prefix}.alerts`,
    deadLetters: `${prefix}.dead-letters`,
  }
}

const DAY_MS = 86_400_000
const DAYS = (days: number): string => String(days * DAY_MS)

/**
 * The topics as they must be. Facts are kept for a week: restoring reads them again from the last snapshot, which is at most a
 * day of events or some hundred thousand records old (docs/decisions/0015). What the organisation did is kept as long as
 * history counts, 400 days.
 */
export function topicSpecsOf(
  topics: Topics,
  partitions: number,
  replicationFactor: number,
): TopicSpec[] {
  const isr = String(Math.max(1, replicationFactor - 1))
  const spec = (topic: string, of: number, config: Record<string, string>): TopicSpec => ({
    topic,
    partitions: of,
    replicationFactor,
    config: { 'min.insync.replicas': isr, ...config },
  })
  const facts = { 'cleanup.policy': 'delete', 'retention.ms': DAYS(7) }
  const changelog = { 'cleanup.policy': 'compact', 'min.compaction.lag.ms': '600000' }
  return [
    spec(topics.authByUser, partitions, facts),
    spec(topics.attemptsByNetwork, partitions, facts),
    spec(topics.changelogUser, partitions, changelog),
    spec(topics.changelogNetwork, partitions, changelog),
    spec(topics.organisation, 1, { 'cleanup.policy': 'compact,delete', 'retention.ms': DAYS(400) }),
    spec(topics.alerts, partitions, {
      'cleanup.policy': 'compact,delete',
      'retention.ms': DAYS(400),
    }),
    spec(topics.deadLetters, 1, { 'cleanup.policy': 'delete', 'retention.ms': DAYS(30) }),
  ]
}

/** Configuration whose value decides whether anything is lost; others are the operator's business. */
const DECISIVE = ['cleanup.policy']

/** One sentence for each way in which the topics are not as they must be. */
export function topicProblems(
  specs: readonly TopicSpec[],
  found: ReadonlyMap<string, TopicDescription>,
): string[] {
  return specs.flatMap(({ topic, partitions, config }) => {
    const description = found.get(topic)
    if (description === undefined)
      return [`the topic ${topic} is missing; sekisho setup kafka makes it`]
    const problems: string[] = []
    if (description.partitions !== partitions) {
      problems.push(
        `the topic ${topic} has ${description.partitions} partitions, not ${partitions}: kafka.partitions must say what the topics have, and all of them the same`,
      )
    }
    for (const name of DECISIVE) {
      const is = sortedWords(description.config[name])
      const must = sortedWords(config[name])
      if (is === must) continue
      problems.push(
        `the topic ${topic} has ${name}=${is}, not ${must}; change it, or what it holds will be lost`,
      )
    }
    return problems
  })
}

function sortedWords(text = ''): string {
  return text
    .split(',')
    .map((word) => word.trim())
    .sort()
    .join(',')
}
