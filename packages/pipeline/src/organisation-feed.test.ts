import { describe, expect, test } from '@jest/globals'
import type { Broker, ConsumedRecord } from '@sekisho/bus'
import { DEFAULT_CONFIG } from '@sekisho/detect'
import { OrganisationFeed } from './organisation-feed.ts'
import { encoded } from './records.ts'

const PREFIX = 7

/** A topic of one part, whose tails catch up when they are told to. */
function topicOf(day: number) {
  const part = { partition: 0, day, piece: 0, counts: null, firstMs: null, regulars: [[PREFIX, 1]] }
  const record = { value: encoded({ part } as never) } as ConsumedRecord
  const waiting: (() => void)[] = []
  let tails = 0
  const broker = {
    tail: async (_topic: string, onRecord: (record: ConsumedRecord) => void) => {
      tails++
      onRecord(record)
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push(resolve)
      return { caughtUp: promise, close: async () => {} }
    },
  } as unknown as Broker
  const feed = new OrganisationFeed(broker, 'organisation', DEFAULT_CONFIG, 1)
  return {
    feed,
    tails: () => tails,
    catchUp: () => {
      for (const resolve of waiting.splice(0)) resolve()
    },
    knows: () => feed.view.profile(day).hasSucceededFrom('0.0.7.0/24'),
  }
}

async function started(day: number) {
  const topic = topicOf(day)
  const start = topic.feed.start()
  await Promise.resolve()
  topic.catchUp()
  await start
  return topic
}

/** Lets everything that can go on go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('profiles of days that were forgotten', () => {
  test('are read again for who requires them', async () => {
    const topic = await started(100)
    topic.feed.forgetBefore(110)
    const required = topic.feed.require(100)
    await settled()
    topic.catchUp()
    await required
    expect(topic.knows()).toBe(true)
  })

  test('are there for each of two who require them at a time', async () => {
    const topic = await started(100)
    topic.feed.forgetBefore(110)
    const knew: boolean[] = []
    const required = [100, 101].map(async (day) => {
      await topic.feed.require(day)
      knew.push(topic.knows())
    })
    await settled()
    expect(knew).toEqual([])
    topic.catchUp()
    await Promise.all(required)
    expect(knew).toEqual([true, true])
    expect(topic.tails()).toBe(2)
  })

  test('are read once more where they were forgotten again meanwhile', async () => {
    const topic = await started(100)
    topic.feed.forgetBefore(110)
    const required = topic.feed.require(100)
    await settled()
    topic.feed.forgetBefore(120)
    topic.catchUp()
    await required
    expect(topic.knows()).toBe(true)
  })

  test('are not read again for days that are known', async () => {
    const topic = await started(100)
    topic.feed.forgetBefore(90)
    await topic.feed.require(100)
    expect(topic.tails()).toBe(1)
  })
})
