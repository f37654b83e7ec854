import { describe, expect, test } from '@jest/globals'
import { CONSTANTS, type Constant } from '@sekisho/detect'
import { UsageError } from '../usage-error.ts'
import { parseConfig } from './config.ts'

function mistakesIn(text: string): string[] {
  try {
    parseConfig(text, 's.yaml')
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message.split('\n').map((line) => line.replace('s.yaml: ', ''))
  }
  return []
}

function limit(group: string, name: string, value: number): string {
  return `limits: {${group}: {${name}: ${value}}}\n`
}

const everyConstant = Object.entries(CONSTANTS).flatMap(([group, constants]) =>
  Object.entries<Constant>(constants).map(([name, constant]) => ({ group, name, ...constant })),
)

describe('every constant can be set', () => {
  test.each(everyConstant)('$group.$name', ({ group, name, value, min, max }) => {
    expect(value).toBeGreaterThanOrEqual(min)
    expect(value).toBeLessThanOrEqual(max)
    expect(mistakesIn(limit(group, name, value))).toEqual([])
    for (const outside of [min - 1, max + 1]) {
      const [mistake, ...more] = mistakesIn(limit(group, name, outside))
      expect(mistake).toContain(`line 1: limits.${group}.${name} must be from ${min} to ${max}`)
      expect(more).toEqual([])
    }
  })
})

describe('what limits may say', () => {
  test.each<[string, string[]]>([
    ['limits: {login: {medium: 6.25, high: 6.25}}\n', []],
    ['limits: {login: {smoothingDays: 0.5}}\n', []],
    ['limits: {dormant: {silentDays: 30, longSilentDays: 60}}\n', []],
    ['limits: {source: {shortWindowMs: 3600000}}\n', []],
    ['limits: {}\n', []],
    [
      'limits:\n  logins: {medium: 6}\n',
      ['line 2: unknown key "logins" in limits; did you mean login?'],
    ],
    [
      'limits:\n  login:\n    medum: 6\n',
      ['line 3: unknown key "medum" in limits.login; did you mean medium?'],
    ],
    ['limits: {login: {medium: "6"}}\n', ['line 1: limits.login.medium must be a number']],
    ['limits: {login: {medium: .nan}}\n', ['line 1: limits.login.medium must be a number']],
    ['limits: {login: {medium: .inf}}\n', ['line 1: limits.login.medium must be a number']],
    [
      'limits: {common: {coldStartDays: 6.5}}\n',
      ['line 1: limits.common.coldStartDays must be a whole number'],
    ],
    [
      'limits: {travel: {distanceLowerKmMin: 10}}\n',
      ['line 1: limits.travel.distanceLowerKmMin must be from 50 to 20000 km'],
    ],
    ['limits: [1]\n', ['line 1: limits must be a group of keys']],
    ['limits: {login: 3}\n', ['line 1: limits.login must be a group of keys']],
    [
      'limits:\n  login:\n    medium: 9\n',
      ['line 3: limits.login.medium must not be more than limits.login.high (7.9)'],
    ],
    [
      'limits:\n  login:\n    high: 5\n',
      ['line 3: limits.login.high must not be less than limits.login.medium (6.1)'],
    ],
    [
      'limits:\n  login:\n    signal: 7\n    medium: 6.5\n',
      ['line 3: limits.login.signal must not be more than limits.login.medium (6.5)'],
    ],
    [
      'limits:\n  dormant:\n    silentDays: 200\n',
      [
        'line 3: limits.dormant.silentDays must not be more than limits.dormant.longSilentDays (180)',
      ],
    ],
    [
      'limits:\n  bruteForce:\n    shortWindowMs: 7200000\n',
      [
        'line 3: limits.bruteForce.shortWindowMs must not be more than limits.bruteForce.middleWindowMs (3600000)',
      ],
    ],
    [
      'limits:\n  source:\n    longWindowMs: 1800000\n',
      [
        'line 3: limits.source.longWindowMs must not be less than limits.source.middleWindowMs (3600000)',
      ],
    ],
  ])('%j', (text, mistakes) => {
    expect(mistakesIn(text)).toStrictEqual(mistakes)
  })
})
