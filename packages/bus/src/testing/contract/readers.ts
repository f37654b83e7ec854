import { expect, test } from '@jest/globals'
import {
  type BrokerUnderTest,
  contents,
  keysOf,
  newTopic,
  noise,
  outgoing,
  soleReader,
  taken,
  until,
} from './context.ts'

async function topicOfNumbers(under: BrokerUnderTest, count: number): Promise<string> {
  const topic = await newTopic(under, 'numbers')
  const writer = await under.broker().transactionalWriter(under.name('id'))
  const keys = Array.from({ length: count }, (_, index) => String(index))
  await writer.write(keys.map((key) => outgoing(topic, 0, key)))
  return topic
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => String(from + index))

export function readersContract(under: BrokerUnderTest): void {
  test('a reader gives nothing before it is told where to begin', async () => {
    const reader = await soleReader(under, await topicOfNumbers(under, 3))
    expect(await reader.take(10, 300)).toEqual([])
    expect(reader.lag).toBe(0)
    expect(await reader.beginning()).toBe(0)
  })

  test('seeking, back and forth, is followed exactly', async () => {
    const reader = await soleReader(under, await topicOfNumbers(under, 1_000))
    reader.seek(0)
    expect(keysOf(await taken(reader, 30))).toEqual(numbers(0, 30))
    expect(reader.lag).toBeGreaterThanOrEqual(970)
    for (const offset of [700, 10, 0, 999, 500]) {
      reader.seek(offset)
      const count = Math.min(100, 1_000 - offset)
      expect(keysOf(await taken(reader, count))).toEqual(numbers(offset, offset + count))
    }
    reader.seek(5)
    reader.seek(900)
    expect(keysOf(await taken(reader, 100))).toEqual(numbers(900, 1_000))
    await until(() => reader.lag === 0, 'no lag behind the marker of the transaction')
  })

  test('a reader at the end waits and is woken by the next record', async () => {
    const topic = await topicOfNumbers(under, 2)
    const reader = await soleReader(under, topic)
    reader.seek(2)
    const waiting = reader.take(10, 20_000)
    const writer = await under.broker().writer()
    await writer.write([outgoing(topic, 0, 'new')])
    expect(keysOf(await waiting)).toEqual(['new'])
  })

  test('a slow reader of more than it may hold gets all of it once, in order', async () => {
    const topic = await newTopic(under, 'slow')
    const writer = await under.broker().writer()
    const count = 6_000
    for (let from = 0; from < count; from += 1_000) {
      await writer.write(
        numbers(from, from + 1_000).map((key) => ({
          ...outgoing(topic, 0, key),
          value: noise(1_000),
        })),
      )
    }
    const reader = await soleReader(under, topic)
    reader.seek(0)
    expect(keysOf(await taken(reader, count))).toEqual(numbers(0, count))
  })
}

export function tailContract(under: BrokerUnderTest): void {
  test('a tail has caught up with an empty topic at once', async () => {
    expect(await contents(under, await newTopic(under, 'empty', 3))).toEqual([])
  })

  test('a tail catches up where a marker, or an aborted transaction, ends the log', async () => {
    expect(keysOf(await contents(under, await topicOfNumbers(under, 5)))).toEqual(numbers(0, 5))
  })

  test('a tail goes on with what is written later', async () => {
    const topic = await newTopic(under, 'tail', 2)
    const writer = await under.broker().writer()
    await writer.write([outgoing(topic, 0, 'a'), outgoing(topic, 1, 'b')])
    const keys: string[] = []
    const tail = await under.broker().tail(topic, ({ key }) => keys.push(key))
    await tail.caughtUp
    expect([...keys].sort()).toEqual(['a', 'b'])
    await writer.write([outgoing(topic, 1, 'c')])
    await until(() => keys.includes('c'), 'the later record')
    expect(keys).toHaveLength(3)
    await tail.close()
    await expect(under.broker().tail(under.name('missing'), () => {})).rejects.toMatchObject({
      problem: 'no-topic',
    })
  })
}
