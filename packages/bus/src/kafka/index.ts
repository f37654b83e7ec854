/** Apart from the rest of the package, so that only who talks to Kafka loads its client. */
export { kafkaBroker } from './kafka-broker.ts'
export type { KafkaLog, KafkaOptions, KafkaSasl, KafkaTls } from './kafka-options.ts'
