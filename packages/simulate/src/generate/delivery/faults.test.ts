import { describe, expect, test } from '@jest/globals'
import { LineParser } from '@sekisho/ingest'
import type { SimulatedLine } from '../../simulation.ts'
import { DAY_MS, HOUR_MS } from '../clock.ts'
import { SWITCHES, simulate } from '../simulate.ts'

/** Lines of a world without honest oddities and attacks, with some faults. */
function linesWithOnly(world: string, ...faults: string[]): SimulatedLine[] {
  const without = SWITCHES.filter((name) => !faults.includes(name))
  const options = { seed: 9, users: 400, days: 35, learningDays: 0, attacks: [], without }
  return [...simulate(world, options).lines]
}

/** By how much the parser's time of a line and its delivery differ, ms. */
function lags(lines: readonly SimulatedLine[], timezone: string): number[] {
  const parser = new LineParser({ timezone })
  return lines.flatMap(({ text, deliveredMs }) => {
    const bytes = Buffer.from(text)
    const parsed = parser.parse(bytes, 0, bytes.length)
    return parsed.kind === 'event' ? [deliveredMs - parsed.event.timestampMs] : []
  })
}

const plain = linesWithOnly('university')
const texts = (lines: readonly SimulatedLine[]): string[] => lines.map(({ text }) => text)

describe('faults of delivery', () => {
  test('none: each line once, within seconds', () => {
    expect(new Set(texts(plain)).size).toBe(plain.length)
    const worst = Math.max(...lags(plain, 'Europe/Paris').map(Math.abs))
    expect(worst).toBeLessThan(2500)
  })

  test('reordering delays a few lines up to a day, and loses none', () => {
    const lines = linesWithOnly('university', 'reordering')
    const late = lags(lines, 'Europe/Paris').filter((ms) => ms > HOUR_MS)
    expect(late.length).toBeGreaterThan(0)
    expect(Math.max(...late)).toBeLessThanOrEqual(DAY_MS + 2500)
    expect(texts(lines).sort()).toEqual(texts(plain).sort())
  })

  test.each(['duplicates', 'overlapping-archive'])('%s repeats lines', (name) => {
    const lines = linesWithOnly('university', name)
    expect(lines.length).toBeGreaterThan(plain.length)
    expect(new Set(texts(lines))).toEqual(new Set(texts(plain)))
  })

  test('partial-lines cuts some', () => {
    const lines = linesWithOnly('university', 'partial-lines')
    const whole = new Set(texts(plain))
    const cut = texts(lines).filter((text) => !whole.has(text))
    expect(cut.length).toBeGreaterThan(0)
    for (const text of cut) expect(texts(plain).some((line) => line.startsWith(text))).toBe(true)
  })

  test('offline-gateway: six hours come at once', () => {
    const late = lags(linesWithOnly('university', 'offline-gateway'), 'Europe/Paris')
    const delayed = late.filter((ms) => ms > HOUR_MS)
    expect(delayed.length).toBeGreaterThan(20)
    expect(Math.max(...delayed)).toBeLessThan(6.1 * HOUR_MS)
  })
})

describe('faults of clocks', () => {
  test('clock-skew: some seconds', () => {
    const all = lags(linesWithOnly('university', 'clock-skew'), 'Europe/Paris')
    expect(Math.max(...all.map(Math.abs))).toBeLessThan(10_000)
    expect(texts(linesWithOnly('university', 'clock-skew'))).not.toEqual(texts(plain))
  })

  test.each([
    ['clock-step', 'university', 'Europe/Paris', 1],
    ['wrong-time-zone', 'university', 'Europe/Paris', 1],
    ['wrong-time-zone', 'college', 'America/Chicago', 5],
    ['daylight-saving-error', 'university', 'Europe/Paris', 1],
  ] as const)('%s in the %s', (name, world, zone, hours) => {
    const off = lags(linesWithOnly(world, name), zone).filter((ms) => Math.abs(ms) > 600_000)
    expect(off.length).toBeGreaterThan(0)
    for (const ms of off) expect(Math.abs(Math.abs(ms) / HOUR_MS - hours)).toBeLessThan(1.1)
  })
})
