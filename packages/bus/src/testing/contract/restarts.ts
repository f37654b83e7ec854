import { expect, test } from '@jest/globals'
import { type Broker, BrokerError, type Writer } from '../../broker.ts'
import { type BrokerUnderTest, contents, keysOf, newTopic, outgoing, until } from './context.ts'

export interface RestartsUnderTest extends BrokerUnderTest {
  /** Stops the broker, or kills it, and starts it again with its data. */
  restart(signal: 'SIGTERM' | 'SIGKILL', downMs: number): Promise<void>
}

/** A count that is written in transactions; what was written last is learned from the log, never remembered. */
class Counter {
  readonly #broker: Broker
  readonly #topic: string
  readonly #id: string
  #writer: Writer | null = null
  #next = 0
  restores = 0

  constructor(broker: Broker, topic: string, id: string) {
    this.#broker = broker
    this.#topic = topic
    this.#id = id
  }

  get next(): number {
    return this.#next
  }

  async step(): Promise<void> {
    try {
      this.#writer ??= await this.#restored()
      const numbers = [this.#next, this.#next + 1]
      await this.#writer.write(numbers.map((n) => outgoing(this.#topic, n % 2, String(n))))
      this.#next += 2
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error
      await this.#writer?.close()
      this.#writer = null
    }
  }

  /** Fences first: what was on its way is then written or never will be. */
  async #restored(): Promise<Writer> {
    const writer = await this.#broker.transactionalWriter(this.#id)
    await writer.write([outgoing(this.#topic, 2, 'fence')])
    let next = 0
    const tail = await this.#broker.tail(this.#topic, ({ key, partition }) => {
      if (partition < 2) next = Math.max(next, Number(key) + 1)
    })
    await tail.caughtUp
    await tail.close()
    this.#next = next
    this.restores += 1
    return writer
  }
}

export function restartsContract(under: RestartsUnderTest): void {
  test.each([
    ['SIGTERM', 3_000],
    ['SIGKILL', 0],
  ] as const)(
    'the broker goes (%s) and comes back: nothing is lost, nothing is twice',
    async (signal, downMs) => {
      const topic = await newTopic(under, 'count', 3)
      const read: string[] = []
      const readers = await under.broker().tail(topic, ({ key, partition }) => {
        if (partition < 2) read.push(key)
      })
      await readers.caughtUp
      const counter = new Counter(under.broker(), topic, under.name('id'))
      const events: string[] = []
      const membership = await under.broker().join({
        group: under.name('group'),
        topics: [topic],
        onAssigned: () => events.push('assigned'),
        onRevoked: () => events.push('revoked'),
        onLost: (error) => events.push(error.message),
      })
      while (counter.next < 50) await counter.step()
      const before = counter.next
      const restarting = under.restart(signal, downMs)
      let isBack = false
      void restarting.then(() => {
        isBack = true
      })
      while (!isBack || counter.next < before + 100) await counter.step()
      await restarting
      const expected = Array.from({ length: counter.next }, (_, n) => String(n)).sort()
      await until(() => read.length >= expected.length, 'the tail has gone on')
      expect([...read].sort()).toEqual(expected)
      const log = (await contents(under, topic)).filter(({ partition }) => partition < 2)
      expect(keysOf(log).sort()).toEqual(expected)

      // A member is one again; if it was given up meanwhile it has heard so.
      expect(events.at(-1)).toBe('assigned')
      const reader = membership.reader(topic, 0)
      reader.seek(0)
      expect(keysOf(await reader.take(1, 30_000))).toEqual(['0'])
    },
    120_000,
  )

  test('a plain writer outlives a restart', async () => {
    const topic = await newTopic(under, 'plain-count')
    const writer = await under.broker().writer()
    await writer.write([outgoing(topic, 0, '0')])
    const restarting = under.restart('SIGTERM', 2_000)
    let isBack = false
    void restarting.then(() => {
      isBack = true
    })
    const keys = ['0']
    while (!isBack || keys.length < 20) {
      await writer.write([outgoing(topic, 0, String(keys.length))])
      keys.push(String(keys.length))
    }
    expect(keysOf(await contents(under, topic))).toEqual(keys)
  }, 120_000)
}
