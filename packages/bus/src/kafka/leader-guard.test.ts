import { expect, test } from '@jest/globals'
import type { Message } from 'kafkajs'
import { LeaderGuard } from './leader-guard.ts'

/** A try of the library: it asks for every message, with the leaders it knows then. */
function tries(guard: LeaderGuard, messages: readonly Message[]) {
  const partitioner = guard.createPartitioner()
  return (leaders: readonly number[]) =>
    messages.map((message) =>
      partitioner({
        topic: 't',
        message,
        partitionMetadata: leaders.map((leader, partitionId) => ({
          partitionId,
          leader,
          partitionErrorCode: 0,
          replicas: [],
          isr: [],
        })),
      }),
    )
}

function begun() {
  const messages = [0, 1, 1].map((partition) => ({ partition, value: 'v' }))
  const guard = new LeaderGuard()
  const [first] = messages
  if (first !== undefined) guard.begin(first)
  return { guard, messages, attempt: tries(guard, messages) }
}

test('the partition is the one that the record names', () => {
  expect(begun().attempt([1, 2])).toEqual([0, 1, 1])
})

test('a partition that the topic has not is refused: the library would drop the record', () => {
  const { attempt } = begun()
  expect(() => attempt([1])).toThrow(expect.objectContaining({ problem: 'no-topic' }))
})

test('with one leader all may move: nothing was taken when it is tried again', () => {
  const { attempt } = begun()
  attempt([1, 1])
  expect(attempt([2, 3])).toEqual([0, 1, 1])
})

test('with two leaders nothing may move: one of them may have taken its part', () => {
  const { attempt } = begun()
  attempt([1, 2])
  expect(attempt([1, 2])).toEqual([0, 1, 1])
  expect(() => attempt([2, 2])).toThrow(expect.objectContaining({ problem: 'uncertain' }))
})

test('the next request begins anew', () => {
  const { guard, messages, attempt } = begun()
  attempt([1, 2])
  const [first] = messages
  if (first !== undefined) guard.begin(first)
  expect(attempt([2, 2])).toEqual([0, 1, 1])
})
