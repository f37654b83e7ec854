import { expect, test } from '@jest/globals'
import type { OutgoingRecord } from '../../broker.ts'
import {
  type BrokerUnderTest,
  contents,
  keysOf,
  newTopic,
  outgoing,
  soleReader,
  taken,
} from './context.ts'

/** A transaction that the test holds open, which no writer of the port ever does. */
export interface OpenTransaction {
  write(records: readonly OutgoingRecord[]): Promise<void>
  commit(): Promise<void>
  abort(): Promise<void>
}

export interface TransactionsUnderTest extends BrokerUnderTest {
  /** Fences as a transactional writer does. */
  openTransaction(transactionalId: string): Promise<OpenTransaction>
}

export function transactionsContract(under: TransactionsUnderTest): void {
  test('a transaction over three topics is there whole', async () => {
    const topics = [
      await newTopic(under, 'one', 2),
      await newTopic(under, 'two'),
      await newTopic(under, 'three'),
    ]
    const writer = await under.broker().transactionalWriter(under.name('id'))
    for (const round of ['a', 'b', 'c']) {
      await writer.write(topics.map((topic) => outgoing(topic, 0, round)))
    }
    for (const topic of topics) {
      expect(keysOf(await contents(under, topic))).toEqual(['a', 'b', 'c'])
    }
  })

  test('a writer fences with its first write, not before, and only once', async () => {
    const topic = await newTopic(under, 'fenced')
    const id = under.name('id')
    const first = await under.broker().transactionalWriter(id)
    const second = await under.broker().transactionalWriter(id)
    const write = (writer: typeof first, key: string) => writer.write([outgoing(topic, 0, key)])
    await write(first, 'a')
    await write(first, 'b')
    await write(second, 'c')
    for (const key of ['x', 'y']) {
      await expect(write(first, key)).rejects.toMatchObject({
        problem: 'fenced',
        message: expect.stringContaining(id),
      })
    }
    await write(second, 'd')
    expect(keysOf(await contents(under, topic))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('an open transaction is aborted by whoever takes over its id', async () => {
    const topic = await newTopic(under, 'taken-over')
    const id = under.name('id')
    const zombie = await under.openTransaction(id)
    await zombie.write([outgoing(topic, 0, 'x')])
    const writer = await under.broker().transactionalWriter(id)
    await writer.write([outgoing(topic, 0, 'a')])
    await expect(zombie.commit()).rejects.toThrow()
    await writer.write([outgoing(topic, 0, 'b')])
    expect(keysOf(await contents(under, topic))).toEqual(['a', 'b'])
  })

  test('a reader does not pass a transaction that is open', async () => {
    const topic = await newTopic(under, 'open')
    const plain = await under.broker().writer()
    await plain.write([outgoing(topic, 0, 'before')])
    const transaction = await under.openTransaction(under.name('id'))
    await transaction.write([outgoing(topic, 0, 'inside')])
    await plain.write([outgoing(topic, 0, 'after')])
    const reader = await soleReader(under, topic)
    reader.seek(0)
    expect(keysOf(await taken(reader, 9, 1_000))).toEqual(['before'])
    await transaction.commit()
    expect(keysOf(await taken(reader, 2))).toEqual(['inside', 'after'])
  })

  test('two transactions that were aborted together stay unread from wherever one begins', async () => {
    const topic = await newTopic(under, 'aborted')
    const plain = await under.broker().writer()
    const one = await under.openTransaction(under.name('one'))
    const two = await under.openTransaction(under.name('two'))
    await one.write([outgoing(topic, 0, 'x')])
    await two.write([outgoing(topic, 0, 'x')])
    await plain.write([outgoing(topic, 0, 'a')])
    await two.write([outgoing(topic, 0, 'x')])
    await one.write([outgoing(topic, 0, 'x')])
    await plain.write([outgoing(topic, 0, 'b')])
    await one.abort()
    await two.abort()
    await plain.write([outgoing(topic, 0, 'c')])
    const reader = await soleReader(under, topic)
    for (const [offset, keys] of [
      [0, ['a', 'b', 'c']],
      [1, ['a', 'b', 'c']],
      [2, ['a', 'b', 'c']],
      [3, ['b', 'c']],
      [4, ['b', 'c']],
      [6, ['c']],
    ] as const) {
      reader.seek(offset)
      expect(keysOf(await taken(reader, keys.length))).toEqual(keys)
    }
    expect(await reader.take(10, 200)).toEqual([])
    expect(reader.lag).toBe(0)
  })
}
