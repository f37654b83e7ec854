import { expect, test } from '@jest/globals'
import { byTimeAndId } from '@sekisho/detect'
import { attackOf, guess, history, NOON, unknowns } from './testing/attacks.ts'
import { digestsOf, lastWords, runBatch, runLive } from './testing/run.ts'
import { alertsBy, HOSTING, login, refusals, TODAY } from './testing/story.ts'

/** In the order of time: a day that is complete is read once. */
const past = [...history].sort(byTimeAndId)
const early = unknowns(6, HOSTING)
const late = refusals(4, (i) => guess(10 + i), HOSTING, NOON + 60_000, 10)
/** A login on the day after: the late lines come when it has been read, nearly a day after they were written. */
const nextDay = login('staffa', HOSTING, TODAY + 1, '11:55')

test('late lines revise the alert under its own id to what an ordered run gives', () => {
  const story = [...past, ...early, nextDay, ...late]
  const said = alertsBy('N1', runLive(story))
  const before = said.filter(({ counts }) => counts.users_failed === 6).at(-1)
  const after = said.at(-1)
  expect(after?.counts.users_failed).toBe(10)
  expect(after?.id).toBe(before?.id)
  expect(after?.id).toBe(attackOf(...history, ...early, ...late).id)
  expect(after?.revision).toBeGreaterThan(before?.revision ?? Number.POSITIVE_INFINITY)
  expect(digestsOf(lastWords(runLive(story)))).toEqual(digestsOf(runBatch(story)))
})

test('a late success that vouches for nothing yet is the attacker’s as soon as it is known', () => {
  const success = login('staffb', HOSTING, TODAY, '12:01')
  const said = runLive([...past, ...early, nextDay, success])
  const [alert] = alertsBy('X1', said).filter(({ userKey }) => userKey === 'staffb')
  expect(alert).toMatchObject({ state: 'provisional', revision: 1, severity: 'critical' })
})
