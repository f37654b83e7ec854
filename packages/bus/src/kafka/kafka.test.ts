import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type TestKafka, testKafka, whyNoTestKafka } from '../../../../tools/kafka/for-tests.mjs'
import type { Broker } from '../broker.ts'
import { noise, outgoing, soleReader, taken } from '../testing/contract/context.ts'
import { groupsContract } from '../testing/contract/groups.ts'
import { readersContract, tailContract } from '../testing/contract/readers.ts'
import { restartsContract } from '../testing/contract/restarts.ts'
import { topicsContract, writersContract } from '../testing/contract/topics-and-writers.ts'
import { transactionsContract } from '../testing/contract/transactions.ts'
import { openTransaction } from '../testing/open-transaction.ts'
import { kafkaBroker } from './kafka-broker.ts'
import type { KafkaOptions } from './kafka-options.ts'

const USER = { username: 'sekisho', password: 'canary-9f31c2' }
const START_TIMEOUT_MS = 180_000
const TEST_TIMEOUT_MS = 60_000

const missing = whyNoTestKafka()
const suite = missing === null ? describe : describe.skip

suite(`Apache Kafka${missing === null ? '' : ` (${missing})`}`, () => {
  let kafka: TestKafka
  let names = 0
  const open: Broker[] = []

  beforeAll(async () => {
    kafka = await testKafka({ sasl: USER })
  }, START_TIMEOUT_MS)
  afterEach(async () => {
    await Promise.all(open.splice(0).map((broker) => broker.close()))
  }, TEST_TIMEOUT_MS)
  afterAll(async () => {
    await kafka?.stop()
  }, START_TIMEOUT_MS)

  const brokerWith = (options: Partial<KafkaOptions> = {}): Broker => {
    const broker = kafkaBroker({ brokers: kafka.brokers, clientId: 'sekisho-test', ...options })
    open.push(broker)
    return broker
  }
  const under = {
    broker: () => brokerWith(),
    name: (of: string) => {
      names += 1
      return `${kafka.prefix}${of}-${names}`
    },
    openTransaction: (id: string) => openTransaction(kafka.brokers, id),
    restart: async (signal: 'SIGTERM' | 'SIGKILL', downMs: number) => {
      await kafka.server?.restart({ signal, downMs })
    },
  }

  describe('topics', () => topicsContract(under))
  describe('writers', () => writersContract(under))
  describe('transactions', () => transactionsContract(under))
  describe('readers', () => readersContract(under))
  describe('tails', () => tailContract(under))
  describe('groups', () => groupsContract(under))

  test('what only the broker knows to be too large is refused and taken back', async () => {
    const [small, topic] = [under.name('small'), under.name('topic')]
    const broker = under.broker()
    await broker.create([
      { topic, partitions: 1, replicationFactor: 1, config: {} },
      {
        topic: small,
        partitions: 1,
        replicationFactor: 1,
        config: { 'max.message.bytes': '2000' },
      },
    ])
    const id = under.name('id')
    const writer = await broker.transactionalWriter(id)
    await writer.write([outgoing(topic, 0, 'a')])
    const large = { ...outgoing(small, 0, 'large'), value: noise(5_000) }
    await expect(writer.write([outgoing(topic, 0, 'x'), large])).rejects.toMatchObject({
      problem: 'too-large',
    })
    // The broker and the library no longer count alike: the writer is not to be used again.
    await expect(writer.write([outgoing(topic, 0, 'x')])).rejects.toMatchObject({
      problem: 'uncertain',
    })
    const next = await broker.transactionalWriter(id)
    await next.write([outgoing(topic, 0, 'b')])
    const reader = await soleReader(under, topic)
    reader.seek(0)
    expect((await taken(reader, 2)).map(({ key }) => key)).toEqual(['a', 'b'])
  })

  // Another's broker has not our users, and is not restarted.
  const own = process.env.SEKISHO_TEST_KAFKA === undefined ? describe : describe.skip

  own('access', () => {
    const tls = () => ({ ca: kafka.server?.sasl?.ca ?? '', serverName: 'localhost' })
    const sasl = { mechanism: 'scram-sha-512', ...USER } as const
    const ownBroker = (options: Partial<KafkaOptions>): Broker =>
      brokerWith({ brokers: kafka.server?.sasl?.brokers ?? [], ...options })

    test('SCRAM over TLS with a CA of one’s own', async () => {
      const topic = under.name('secret')
      const broker = ownBroker({ tls: tls(), sasl })
      await broker.create([{ topic, partitions: 1, replicationFactor: 1, config: {} }])
      const writer = await broker.transactionalWriter(under.name('id'))
      await writer.write([outgoing(topic, 0, 'a')])
      const reader = await soleReader({ ...under, broker: () => broker }, topic)
      reader.seek(0)
      expect((await taken(reader, 1)).map(({ key }) => key)).toEqual(['a'])
    })

    test.each<[string, () => Partial<KafkaOptions>, string, string]>([
      [
        'a wrong password',
        () => ({ tls: tls(), sasl: { ...sasl, password: 'canary-wrong' } }),
        'unauthorised',
        'does not accept the user name or the password',
      ],
      ['an unknown CA', () => ({ tls: { serverName: 'localhost' }, sasl }), 'unauthorised', 'CA'],
      [
        'a certificate for another host',
        () => ({ tls: { ca: tls().ca }, sasl }),
        'unauthorised',
        'another host name',
      ],
      [
        'TLS to a listener without',
        () => ({ brokers: kafka.brokers, tls: tls() }),
        'unavailable',
        '127.0.0.1',
      ],
      ['no TLS to a listener with', () => ({}), 'unavailable', '127.0.0.1'],
      [
        'a port where nobody is',
        () => ({ brokers: ['127.0.0.1:1'] }),
        'unavailable',
        '127.0.0.1:1',
      ],
    ])('%s is named in one sentence', async (_, options, problem, words) => {
      const broker = ownBroker({ connectionTimeoutMs: 1_000, ...options() })
      const joining = {
        group: 'none',
        topics: ['none'],
        onAssigned: () => {},
        onRevoked: () => {},
        onLost: () => {},
      }
      const calls: (() => Promise<unknown>)[] = [
        () => broker.describe(['none']),
        () => broker.create([{ topic: 'n', partitions: 1, replicationFactor: 1, config: {} }]),
        () => broker.writer(),
        () => broker.transactionalWriter('none'),
        () => broker.tail('none', () => {}),
        () => broker.join(joining),
      ]
      for (const [index, call] of calls.entries()) {
        const error = await call().then(
          () => null,
          (reason: unknown) => reason,
        )
        expect([index, error]).toMatchObject([
          index,
          { problem, message: expect.stringContaining(words) },
        ])
        expect(String(error)).not.toContain('canary')
      }
    })
  })

  own('restarts', () => restartsContract(under))
})
