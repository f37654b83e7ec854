import { expect, test } from '@jest/globals'
import { type KafkaOptions, kafkaSettings } from './kafka-options.ts'

const GOOD: KafkaOptions = { brokers: ['localhost:9092'], clientId: 'sekisho' }
const PLAIN = { mechanism: 'plain', username: 'u', password: 'canary-77' } as const

test('what is left open is filled in', () => {
  expect(kafkaSettings(GOOD)).toMatchObject({ compression: 'none', batchBytesMax: 1_000_000 })
  expect(kafkaSettings({ ...GOOD, requestTimeoutMs: 5 }).requestTimeoutMs).toBe(5)
  expect(kafkaSettings({ ...GOOD, tls: {}, sasl: PLAIN }).sasl).toEqual(PLAIN)
})

test.each<[string, Partial<KafkaOptions>, RegExp]>([
  ['no broker', { brokers: [] }, /no Kafka broker/],
  ['a broker without a port', { brokers: ['a:1', 'b'] }, /"b" is no broker/],
  ['a URL', { brokers: ['kafka://b:9092'] }, /is no broker/],
  ['a password in the clear', { sasl: PLAIN }, /needs TLS/],
  ['a certificate without its key', { tls: { cert: 'x' } }, /together/],
])('%s is refused', (_, options, words) => {
  const refused = () => kafkaSettings({ ...GOOD, ...options })
  expect(refused).toThrow(TypeError)
  expect(refused).toThrow(words)
  expect(refused).not.toThrow(/canary/)
})
