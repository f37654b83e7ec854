import { expect, test } from '@jest/globals'
import { inProcessTopic } from './topic.ts'

test('every subscriber sees every record, at once and in order', () => {
  const topic = inProcessTopic<number>('numbers')
  const seen: string[] = []
  topic.subscribe((key, value) => seen.push(`first ${key} ${value}`))
  topic.subscribe((key, value) => seen.push(`second ${key} ${value}`))
  topic.publish('a', 1)
  expect(seen).toEqual(['first a 1', 'second a 1'])
  topic.publish('b', 2)
  expect(seen.slice(2)).toEqual(['first b 2', 'second b 2'])
})

test('a record published by a subscriber comes after the one being delivered', () => {
  const topic = inProcessTopic<number>('numbers')
  const seen: string[] = []
  topic.subscribe((key, value) => {
    seen.push(`first ${value}`)
    if (value < 3) topic.publish(key, value + 1)
  })
  topic.subscribe((_key, value) => seen.push(`second ${value}`))
  topic.publish('a', 1)
  expect(seen).toEqual(['first 1', 'second 1', 'first 2', 'second 2', 'first 3', 'second 3'])
})

test('publishing without a subscriber is an error', () => {
  expect(() => inProcessTopic('lonely').publish('a', 1)).toThrow('topic lonely has no subscriber')
})

test('what a subscriber throws reaches the publisher, and the topic goes on', () => {
  const topic = inProcessTopic<number>('numbers')
  const seen: number[] = []
  topic.subscribe((_key, value) => {
    if (value === 1) throw new RangeError('a bug')
    seen.push(value)
  })
  expect(() => topic.publish('a', 1)).toThrow('a bug')
  topic.publish('a', 2)
  expect(seen).toEqual([2])
})
