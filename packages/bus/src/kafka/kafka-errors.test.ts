import { expect, test } from '@jest/globals'
import { BrokerError, type BrokerProblem } from '../broker.ts'
import { brokerErrorOf } from './kafka-errors.ts'

const CONTEXT = { brokers: ['one:9092', 'two:9092'], topic: 'alerts', id: 'sekisho-3' }
const SECRET = 'canary-8d1f'

/** As the library throws them: the reason is some causes down. */
function wrapped(reason: object): Error {
  const inner = Object.assign(new Error(`${SECRET} in the middle`), { cause: reason })
  return Object.assign(new Error(SECRET), { name: 'KafkaJSNumberOfRetriesExceeded', cause: inner })
}

test.each<[object, BrokerProblem, string]>([
  [{ type: 'INVALID_PRODUCER_EPOCH', code: 47 }, 'fenced', 'sekisho-3'],
  [{ type: 'INVALID_TXN_STATE', code: 48 }, 'fenced', 'sekisho-3'],
  [{ type: 'INVALID_PRODUCER_ID_MAPPING', code: 49 }, 'fenced', 'sekisho-3'],
  [{ type: 'KAFKAJS_UNKNOWN_ERROR_CODE', code: 90 }, 'fenced', 'sekisho-3'],
  [{ type: 'MESSAGE_TOO_LARGE', code: 10 }, 'too-large', 'topic alerts'],
  [{ type: 'UNKNOWN_TOPIC_OR_PARTITION', code: 3 }, 'no-topic', 'topic alerts'],
  [{ type: 'TOPIC_AUTHORIZATION_FAILED', code: 29 }, 'unauthorised', 'topic alerts'],
  [{ type: 'GROUP_AUTHORIZATION_FAILED', code: 30 }, 'unauthorised', 'sekisho-3'],
  [{ type: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED', code: 53 }, 'unauthorised', 'sekisho-3'],
  [{ type: 'NOT_ENOUGH_REPLICAS', code: 19 }, 'unavailable', 'NOT_ENOUGH_REPLICAS'],
  [{ name: 'KafkaJSSASLAuthenticationError', message: SECRET }, 'unauthorised', 'one:9092'],
  [{ code: 'ECONNREFUSED', broker: 'two:9092' }, 'unavailable', 'two:9092 refuses connections'],
  [{ code: 'ENOTFOUND', broker: 'two:9092' }, 'unavailable', 'two:9092'],
  [{ code: 'CERT_HAS_EXPIRED', broker: 'two:9092' }, 'unauthorised', 'two:9092 has expired'],
  [{ code: 'SELF_SIGNED_CERT_IN_CHAIN', broker: 'two:9092' }, 'unauthorised', 'CA'],
  [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID', broker: 'a:1' }, 'unauthorised', 'another host name'],
  [{ code: 'EWHATEVER', message: SECRET }, 'unavailable', 'one:9092, two:9092'],
  [{ message: SECRET }, 'unavailable', 'one:9092, two:9092'],
])('%j is %s', (reason, problem, words) => {
  for (const error of [reason, wrapped(reason), { name: 'Aggregate', errors: [reason] }]) {
    const mapped = brokerErrorOf(error, CONTEXT)
    expect(mapped).toMatchObject({ problem, message: expect.stringContaining(words) })
    expect(mapped.message).not.toContain(SECRET)
    expect(mapped.message).not.toContain('\n')
  }
})

test('an error that is one already stays; what is thrown otherwise is none the less an error', () => {
  const error = new BrokerError('closed', 'closed')
  expect(brokerErrorOf(error, CONTEXT)).toBe(error)
  for (const odd of [null, undefined, 'text', 7]) {
    expect(brokerErrorOf(odd, { brokers: ['one:9092'] }).problem).toBe('unavailable')
  }
})

test('a chain of causes that bites its tail ends', () => {
  const loop: { cause?: unknown } = {}
  loop.cause = loop
  expect(brokerErrorOf(loop, CONTEXT).problem).toBe('unavailable')
})
