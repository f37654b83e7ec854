import { expect, test } from '@jest/globals'
import { keyHashOfConfig } from './store/key-slots.ts'
import { StrangerCap } from './stranger-cap.ts'
import { runBatch } from './testing/run.ts'
import { alertsBy, at, HOSTING, login, refusals, TODAY, tenDaysOf } from './testing/story.ts'

const ROOM = 16_384

/** Names that have a place after all of them asked. */
function keptOf(names: readonly string[]): string[] {
  const cap = new StrangerCap(ROOM)
  const hashOf = keyHashOfConfig('key')
  const kept = new Set<string>()
  for (const name of names) {
    const { isKept, dropped } = cap.admit(name, hashOf(name))
    if (isKept) kept.add(name)
    if (dropped !== null) kept.delete(dropped)
  }
  return [...kept].sort()
}

const many = Array.from({ length: 40_000 }, (_, i) => `guess${i}`)

test('everybody has a place while there is room', () => {
  expect(keptOf(many.slice(0, 5000))).toHaveLength(5000)
})

test('a flood gets no more than its room, whoever comes first and however often', () => {
  const kept = keptOf(many)
  expect(kept.length).toBeLessThanOrEqual(ROOM)
  expect(kept.length).toBeGreaterThan(14_000)
  expect(keptOf([...many].reverse())).toEqual(kept)
  expect(keptOf([...many, ...many.slice(0, 9000)])).toEqual(kept)
})

test('a restored cap goes on as the one that was saved', () => {
  const hashOf = keyHashOfConfig('key')
  const cap = new StrangerCap(256)
  for (const name of many.slice(0, 3000)) cap.admit(name, hashOf(name))
  const restored = new StrangerCap(256)
  for (const [name, hash] of cap.names()) restored.admit(name, hash)
  for (const name of many.slice(3000, 6000)) {
    expect(restored.admit(name, hashOf(name))).toEqual(cap.admit(name, hashOf(name)))
  }
  expect(restored.names().sort()).toEqual(cap.names().sort())
})

test('a flood of invented names hides no login of a real user', () => {
  const flood = refusals(30_000, (i) => `guess${i}`, HOSTING, at(TODAY, '12:00'), 0.01)
  const story = [...tenDaysOf('aoki'), ...flood, login('aoki', HOSTING, TODAY, '12:03')]
  const alerts = runBatch(story)
  expect(alertsBy('X1', alerts).map(({ userKey }) => userKey)).toEqual(['aoki'])
  const [attack] = alertsBy('N1', alerts)
  expect(attack?.reason).toMatch(/^at least /)
  expect(attack?.considered).toContainEqual(
    expect.objectContaining({ name: 'sampled', applied: true }),
  )
})
