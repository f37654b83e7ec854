import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { evaluateRba } from './evaluate-rba.ts'
import { HEADER, type Login, ownLogins, rowOf } from './testing/own-small.ts'

const FILE = join(import.meta.dirname, 'testing', 'own-small.csv')

function csvOf(logins: readonly Login[]): string {
  return `${[HEADER, ...logins.map((login, index) => rowOf(index, login))].join('\n')}\n`
}

const none = { takeover: 0, 'attack-address': 0, false: 0 }

describe('our small file', () => {
  test('has two of three takeovers found, and one false alert', async () => {
    const days: number[] = []
    const { configHash, ...evaluation } = await evaluateRba([readFileSync(FILE)], {
      path: FILE,
      onDay: (attempts) => days.push(attempts),
    })
    expect(configHash).toMatch(/^[0-9a-f]+$/)
    expect(days).toHaveLength(16)
    const falsePerDay = 1000 / (12 * 16)
    expect(evaluation).toEqual({
      attempts: ownLogins().length,
      rejected: {
        'broken-row': 2,
        'no-address': 1,
        'no-label': 1,
        'no-network-number': 1,
        'no-time': 1,
        'no-user': 1,
        'day-out-of-order': 1,
      },
      placeholders: 16,
      users: 12,
      days: 16,
      takeovers: 3,
      found: { medium: 2, high: 2, critical: 1 },
      alerts: {
        medium: none,
        // N1 and U2 of the list that worked, U2 of the stolen pair; N1 of the list that did not; the owner's server.
        high: { takeover: 3, 'attack-address': 1, false: 1 },
        critical: { ...none, takeover: 1 },
      },
      falsePerThousandUsersAndDay: { medium: falsePerDay, high: falsePerDay, critical: 0 },
    })
  })

  test('says the same of any order within a day', async () => {
    const byTime = ownLogins()
    const byUser = byTime.toSorted((a, b) => a.day - b.day || (a.user < b.user ? -1 : 1))
    expect(byUser).not.toEqual(byTime)
    expect(await evaluateRba([csvOf(byUser)])).toEqual(await evaluateRba([csvOf(byTime)]))
  })

  test('without its labels has false alerts only', async () => {
    const unlabelled = ownLogins().map((login) => ({
      ...login,
      isAttackIp: false,
      isTakeover: false,
    }))
    const { takeovers, found, alerts } = await evaluateRba([csvOf(unlabelled)])
    expect({ takeovers, found }).toEqual({
      takeovers: 0,
      found: { medium: 0, high: 0, critical: 0 },
    })
    expect(alerts).toEqual({
      medium: none,
      high: { ...none, false: 5 },
      critical: { ...none, false: 1 },
    })
  })
})

test('an empty file has no figures', async () => {
  expect(await evaluateRba([])).toMatchObject({
    attempts: 0,
    users: 0,
    days: 0,
    takeovers: 0,
    falsePerThousandUsersAndDay: { medium: 0, high: 0, critical: 0 },
  })
})
