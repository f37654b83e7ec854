import { expect, test } from '@jest/globals'
import { DAY_MS } from '../clock.ts'
import { Gateway } from '../organisation/gateway.ts'
import { workshop } from '../worlds/workshop.ts'
import { Journal } from './journal.ts'

const [plan] = workshop.gateways
if (plan === undefined) throw new Error('the workshop has no gateway')
const gateway = new Gateway(plan, workshop, '192.0.2.1')
const ORIGIN = { episode: null, process: 'work' }

test('lines come out by time of arrival, day by day, none twice', () => {
  const journal = new Journal((line, timeMs) => [{ ...line, deliveredMs: timeMs + 10 }])
  for (const [timeMs, text] of [
    [2 * DAY_MS, 'c'],
    [500, 'b'],
    [400, 'a'],
    [500, 'b2'],
  ] as const) {
    journal.add(gateway, timeMs, text, ORIGIN)
  }
  const taken = (day: number): string[] => [...journal.takeThrough(day)].map(({ text }) => text)
  expect(taken(0)).toEqual(['a', 'b', 'b2'])
  expect(taken(0)).toEqual([])
  journal.add(gateway, 100, 'late', ORIGIN)
  const [late] = journal.takeThrough(1)
  expect(late).toMatchObject({ text: 'late', deliveredMs: DAY_MS, gateway: gateway.name })
  expect(taken(Number.POSITIVE_INFINITY)).toEqual(['c'])
})
