import { expect, test } from '@jest/globals'
import { type BrokerUnderTest, contents, keysOf, newTopic, noise, outgoing } from './context.ts'

export function topicsContract(under: BrokerUnderTest): void {
  test('a topic is created, described, and left as it is when created again', async () => {
    const broker = under.broker()
    const [first, second, missing] = [under.name('first'), under.name('second'), under.name('no')]
    const spec = { partitions: 3, replicationFactor: 1, config: { 'cleanup.policy': 'compact' } }
    await broker.create([{ ...spec, topic: first }])
    await broker.create([
      { topic: first, partitions: 7, replicationFactor: 1, config: {} },
      { topic: second, partitions: 1, replicationFactor: 1, config: {} },
    ])
    const described = await broker.describe([first, second, missing])
    expect(described.get(first)?.partitions).toBe(3)
    expect(described.get(first)?.config['cleanup.policy']).toBe('compact')
    expect(described.get(second)?.partitions).toBe(1)
    expect(described.has(missing)).toBe(false)
    expect(await broker.describe([missing])).toEqual(new Map())
  })
}

export function writersContract(under: BrokerUnderTest): void {
  test('what is written is read back in its order, deletions and odd keys too', async () => {
    const topic = await newTopic(under, 'plain', 2)
    const writer = await under.broker().writer()
    await writer.write([
      outgoing(topic, 0, 'köyf', 'a'),
      outgoing(topic, 1, '', 'b'),
      outgoing(topic, 0, 'köyf', null),
    ])
    await writer.write([])
    await writer.write([outgoing(topic, 1, '\u0000\u0000\u0000\u0000', '')])
    const read = await contents(under, topic)
    const shown = (partition: number) =>
      read
        .filter((record) => record.partition === partition)
        .map(({ offset, key, value }) => [offset, key, value?.toString() ?? null])
    expect(shown(0)).toEqual([
      [0, 'köyf', 'a'],
      [1, 'köyf', null],
    ])
    expect(shown(1)).toEqual([
      [0, '', 'b'],
      [1, '\u0000\u0000\u0000\u0000', ''],
    ])
    for (const { timestampMs } of read) expect(Math.abs(Date.now() - timestampMs)).toBeLessThan(6e5)
  })

  test('more than a broker takes at once is cut into requests, in order', async () => {
    const topic = await newTopic(under, 'much')
    const writer = await under.broker().writer()
    const records = Array.from({ length: 5_000 }, (_, index) => ({
      ...outgoing(topic, 0, String(index)),
      value: noise(700),
    }))
    await writer.write(records)
    expect(keysOf(await contents(under, topic))).toEqual(records.map(({ key }) => key))
  })

  test('a topic or partition that is missing is said at once, and the writer goes on', async () => {
    const topic = await newTopic(under, 'there', 2)
    const missing = under.name('missing')
    for (const kind of ['writer', 'transactionalWriter'] as const) {
      const writer = await under.broker()[kind](under.name('id'))
      const good = outgoing(topic, 0, kind)
      await expect(writer.write([good, outgoing(missing, 0, 'x')])).rejects.toMatchObject({
        problem: 'no-topic',
        message: expect.stringContaining(missing),
      })
      await expect(writer.write([good, outgoing(topic, 2, 'x')])).rejects.toMatchObject({
        problem: 'no-topic',
        message: expect.stringContaining('2 partitions'),
      })
      await writer.write([good])
    }
    expect(keysOf(await contents(under, topic))).toEqual(['writer', 'transactionalWriter'])
  })

  test('a record that is too large is refused before anything is sent', async () => {
    const topic = await newTopic(under, 'large')
    for (const kind of ['writer', 'transactionalWriter'] as const) {
      const writer = await under.broker()[kind](under.name('id'))
      const large = { ...outgoing(topic, 0, 'large'), value: noise(1_100_000) }
      await expect(writer.write([outgoing(topic, 0, 'x'), large])).rejects.toMatchObject({
        problem: 'too-large',
        message: expect.stringContaining(topic),
      })
      await writer.write([outgoing(topic, 0, kind)])
    }
    expect(keysOf(await contents(under, topic))).toEqual(['writer', 'transactionalWriter'])
  })

  test('what is closed says so', async () => {
    const broker = under.broker()
    const topic = await newTopic(under, 'closed')
    const writer = await broker.writer()
    await writer.close()
    const closed = { problem: 'closed' }
    await expect(writer.write([outgoing(topic, 0, 'x')])).rejects.toMatchObject(closed)
    await broker.close()
    await expect(broker.writer()).rejects.toMatchObject(closed)
    await expect(broker.describe([topic])).rejects.toMatchObject(closed)
  })
}
