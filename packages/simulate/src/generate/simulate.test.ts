import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { LineParser } from '@sekisho/ingest'
import type { SimulationOptions } from '../simulation.ts'
import { SWITCHES, simulate } from './simulate.ts'
import { WORLDS } from './worlds/worlds.ts'

const SMALL: SimulationOptions = { seed: 7, users: 150, days: 10, learningDays: 4 }

function digestOf(world: string, options: SimulationOptions): string {
  const hash = createHash('sha256')
  for (const line of simulate(world, options).lines) hash.update(JSON.stringify(line))
  return hash.digest('hex')
}

describe.each(WORLDS.map(({ name }) => name))('the world %s', (world) => {
  const simulation = simulate(world, SMALL)
  const lines = [...simulation.lines]
  const zone = /timezone: (\S+)/.exec(simulation.configurationText)?.[1] ?? ''

  test('gives the same bytes for the same seed', () => {
    const own = createHash('sha256')
    for (const line of lines) own.update(JSON.stringify(line))
    expect(digestOf(world, SMALL)).toBe(own.digest('hex'))
  })

  test('arrives in order, and the parser reads all of it but what was cut', () => {
    const parser = new LineParser({ timezone: zone })
    const unread = lines.filter(({ text }) => {
      const bytes = Buffer.from(text)
      return parser.parse(bytes, 0, bytes.length).kind !== 'event'
    })
    expect(unread.length).toBeLessThanOrEqual(lines.length * 0.0002)
    expect(lines.length).toBeGreaterThan(5000)
    const backwards = lines.filter(
      ({ deliveredMs }, n) => deliveredMs < (lines[n - 1]?.deliveredMs ?? 0),
    )
    expect(backwards).toEqual([])
  })

  test('labels add up: every episode has lines, every labelled line an episode, and honest lines a process', () => {
    const { episodes } = simulation.truth
    const labelled = new Set(lines.map(({ episode }) => episode).filter((id) => id !== null))
    expect([...labelled].sort()).toEqual(episodes.map(({ id }) => id).sort())
    const ownerless = lines.filter(
      ({ episode, process }) => (episode === null) === (process === null),
    )
    expect(ownerless).toEqual([])
    for (const { startMs, endMs, firstSuccessMs, victims } of episodes) {
      expect(startMs).toBeGreaterThanOrEqual(simulation.truth.firstMs + 4 * 86_400_000)
      expect(endMs).toBeGreaterThanOrEqual(startMs)
      expect(firstSuccessMs === null).toBe(victims.length === 0)
    }
  })

  test('no account is the victim of two episodes', () => {
    const victims = simulation.truth.episodes
      .filter(({ kind }) => kind !== 'administrator-creation' && kind !== 'dormant-account')
      .flatMap((episode) => episode.victims.map((name) => name.toLowerCase()))
    const bare = victims.map((name) => name.split('\\').at(-1))
    expect(new Set(bare).size).toBe(bare.length)
  })
})

test('another seed gives other lines', () => {
  expect(digestOf('workshop', { ...SMALL, seed: 8 })).not.toBe(digestOf('workshop', SMALL))
})

test('tuning and reporting worlds are told apart', () => {
  const names = (purpose: string): string[] =>
    WORLDS.filter((world) => world.purpose === purpose).map(({ name }) => name)
  expect(names('reporting')).toEqual(['exporter', 'university', 'hospital', 'bank'])
  expect(names('tuning')).toEqual(['workshop', 'college', 'agency'])
})

test.each([
  ['a world', 'atlantis', {}],
  ['a seed', 'bank', { seed: -1 }],
  ['users', 'bank', { users: 5 }],
  ['days', 'bank', { days: 0 }],
  ['learning days', 'bank', { learningDays: 11 }],
  ['an attack', 'bank', { attacks: ['bribery'] as never }],
  ['a process', 'bank', { without: ['gravity'] }],
])('%s out of range is refused', (_name, world, options) => {
  expect(() => simulate(world, { ...SMALL, ...options })).toThrow(RangeError)
})

test('a switch is a name once', () => {
  expect(new Set(SWITCHES).size).toBe(SWITCHES.length)
})
