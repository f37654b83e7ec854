import type { KafkaServer, StartKafkaOptions } from './broker-process.mjs'

export interface TestKafka {
  readonly brokers: string[]
  /** For the names of topics, groups and ids, which no other run has then. */
  readonly prefix: string
  /** Null when it is another's broker, which cannot be restarted. */
  readonly server: KafkaServer | null
  stop(): Promise<void>
}

export function whyNoTestKafka(): string | null
export function testKafka(options?: StartKafkaOptions): Promise<TestKafka>
