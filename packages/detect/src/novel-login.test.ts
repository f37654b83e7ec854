import { describe, expect, test } from '@jest/globals'
import type { AuthEvent } from '@sekisho/event'
import fc from 'fast-check'
import type { AlertDraft } from './alert-draft.ts'
import { DEFAULT_CONFIG } from './config.ts'
import { DEFAULT_LIMITS, limitsOf } from './limits.ts'
import { mostOf, novelLogin } from './novel-login.ts'
import { aliceWith, configWith, presenceOf, sessionOf } from './testing/alice.ts'
import {
  at,
  CAFE,
  DAY,
  EVERYBODY,
  FRANKFURT,
  HOME,
  HOSTING,
  HOSTING_HERE,
  type Known,
  lineAt,
  NEW_YORK,
  OFFICE,
  type TestNetwork,
} from './testing/fake-user-view.ts'

function draftsOf(known: Known): AlertDraft[] {
  return novelLogin(aliceWith(known), DAY, EVERYBODY).map(({ draft }) => draft)
}

function draftOf(known: Known): AlertDraft {
  const drafts = draftsOf(known)
  expect(drafts).toHaveLength(1)
  return drafts[0] as AlertDraft
}

const afterHome: Known = {
  isInSeveralNetworks: () => true,
  presences: () => [presenceOf(HOME, '8:00'), presenceOf(FRANKFURT, '9:00')],
}

describe('sixty days at home in Japan, then', () => {
  test.each<{
    what: string
    from: TestNetwork
    known?: Known
    score: number
    severity: string
    ruleId: string
  }>([
    {
      what: 'a hosting network abroad',
      from: HOSTING,
      score: 11_913,
      severity: 'high',
      ruleId: 'U2',
    },
    { what: 'a home line abroad', from: FRANKFURT, score: 8762, severity: 'high', ruleId: 'U2' },
    { what: 'another home line', from: CAFE, score: 5687, severity: 'low', ruleId: 'U2' },
    {
      what: 'a home line abroad an hour after home',
      from: FRANKFURT,
      known: afterHome,
      score: 11_117,
      severity: 'high',
      ruleId: 'T1',
    },
    {
      what: 'a home line abroad after eight days only',
      from: FRANKFURT,
      known: { activeDaysBefore: () => 8, days: [[HOME, 8]] },
      score: 6894,
      severity: 'medium',
      ruleId: 'U2',
    },
  ])('$what', ({ from, known = {}, score, severity, ruleId }) => {
    const draft = draftOf({ ...known, lines: [lineAt('9:00', from)] })
    expect(draft).toMatchObject({ score: score / 1024, severity, ruleId })
  })

  test.each([
    { what: 'home', from: HOME },
    { what: 'the office that is listed', from: OFFICE, known: { countries: ['JP'] } },
  ])('$what: at most a signal', ({ from, known = {} }) => {
    const severities = draftsOf({ ...known, lines: [lineAt('9:00', from)] }).map((d) => d.severity)
    expect(severities).toEqual(from === HOME ? [] : ['low'])
  })
})

describe('the document', () => {
  const failed = { attempt: 'bad_credential', outcome: 'failure' } as const
  const lines = [
    lineAt('9:00', FRANKFURT),
    ...Array.from({ length: 5 }, (_, i) => lineAt(`8:5${i}`, HOSTING, failed)),
  ]
  const draft = () => draftOf({ ...afterHome, lines })

  test('is about one login, its user and its network', () => {
    expect(draft()).toMatchObject({
      family: 'U2',
      ruleId: 'T1',
      entity: 'user:alice',
      day: '2024-10-04',
      discriminator: '100.70.5.0/24',
      timestampMs: at('9:00'),
      startMs: at('8:00'),
      endMs: at('9:00'),
      severity: 'high',
      riskScore: 100,
      outcome: 'success',
      userName: 'alice',
      userKey: 'alice',
      source: { address: '100.70.5.1', prefix: '100.70.5.0/24', country: 'DE' },
      gateway: { vendor: 'fortigate', name: 'gw-1' },
      relatedAddresses: ['100.70.2.1', '100.70.5.1', '198.51.100.1'],
      relatedUsers: ['alice'],
      relatedGateways: ['gw-1'],
      score: 12_653 / 1024,
      posterior: 0.701917,
      threshold: 6246 / 1024,
      counts: { active_days: 60 },
    })
  })

  test('has terms that add up to its score, strongest first, with the lines that show them', () => {
    const { terms, score, evidence } = draft()
    expect(terms.map(({ name, value }) => [name, value * 1024])).toEqual([
      ['rare_for_organisation', 4529],
      ['new_for_user', 3516],
      ['impossible_travel', 2355],
      ['guessed_before', 1536],
      ['new_country', 717],
    ])
    expect(terms.reduce((sum, { value }) => sum + value, 0)).toBe(score)
    const timesOf = (name: string) =>
      terms
        .find((term) => term.name === name)
        ?.evidence.map((index) => evidence[index]?.timestampMs)
    expect(timesOf('new_country')).toEqual([at('9:00')])
    expect(timesOf('impossible_travel')).toEqual([at('9:00'), at('8:00')])
    expect(timesOf('guessed_before')).toEqual(
      ['9:00', '8:50', '8:51', '8:52', '8:53', '8:54'].map(at),
    )
  })

  test('shows the login, the travel and the failures before', () => {
    const { evidence, evidenceTotal, startMs, endMs } = draft()
    expect(evidence.map(({ role }) => role)).toEqual([
      'decisive',
      'decisive',
      ...Array.from({ length: 5 }, () => 'context'),
    ])
    expect(evidenceTotal).toBe(7)
    expect([startMs, endMs]).toEqual([at('8:00'), at('9:00')])
  })

  test.each([5, 6])('shows at most %p lines', (evidenceLines) => {
    const config = configWith({ common: { evidenceLines } })
    const { evidence, evidenceTotal } = draftOf({ ...afterHome, lines, config })
    expect(evidence).toHaveLength(evidenceLines)
    // The login and the travel, then of the failures the first, the last and some between.
    const times = ['9:00', '8:00', '8:50', '8:51', '8:52', '8:54'].map(at)
    if (evidenceLines === 5) times.splice(4, 1)
    expect(evidence.map(({ timestampMs }) => timestampMs)).toEqual(times)
    expect(evidenceTotal).toBe(7)
  })

  test('can be read aloud: what it is named after first, then the strongest', () => {
    expect(draft().reason).toMatch(
      /^alice logged in from 100\.70\.5\.1, AS64513 Network 64513 \(DE, residential\): 60 min after being active in JP \(.*\), at least .* or more; nobody in the organisation uses this residential network, and attackers use its like; a network that this user never used on 60 earlier UTC days$/,
    )
    expect(draftOf({ lines: [lineAt('9:00', HOSTING)] }).reason).toBe(
      'alice logged in from 100.70.2.1, AS64510 Network 64510 (NL, hosting): nobody in the organisation uses this hosting network, and attackers use its like; a network that this user never used on 60 earlier UTC days; the first login from NL',
    )
  })

  test('masks a name that nobody has', () => {
    const view = aliceWith({ lines: [lineAt('9:00', HOSTING)] })
    const mask = { hashKey: '', isPerson: () => false }
    expect(novelLogin(view, DAY, mask)[0]?.draft.reason).toMatch(/^al…#[0-9a-f]{8} logged in/)
  })

  test('has the geometry of a travel that counts, and none else', () => {
    const { travel } = draft()
    expect(travel).toMatchObject({
      from: { prefix: '198.51.100.0/24', country: 'JP', newForUser: false, firstMs: at('8:00') },
      to: { prefix: '100.70.5.0/24', country: 'DE', newForUser: true, lastMs: at('9:00') },
      gapMs: 3_600_000,
      elapsedUpperMs: 3_602_000,
    })
    expect(travel?.distanceLowerKm).toBeCloseTo((travel?.distanceKm ?? 0) - 100, 3)
    const speedKmh = ((travel?.distanceLowerKm ?? 0) * 3_600_000) / 3_602_000
    expect(travel?.speedLowerKmh).toBe(Math.round(speedKmh * 10) / 10)
    expect(draftOf({ lines }).travel).toBeNull()
  })

  test('tells which ends are new to the user: used on fewer than two days', () => {
    const days = [[HOME, 2] as const, [FRANKFURT, 1] as const]
    const { travel } = draftOf({ ...afterHome, lines, days })
    expect([travel?.from.newForUser, travel?.to.newForUser]).toEqual([false, true])
  })

  test('does not tell what counts nothing', () => {
    const config = configWith({ login: { newCountry: 0 } })
    const { reason } = draftOf({ config, lines: [lineAt('9:00', HOSTING)] })
    expect(reason).not.toContain('first login')
  })
})

describe('one document for each source network', () => {
  test('the strongest login, of equals the earliest', () => {
    const lines = [
      lineAt('8:00', FRANKFURT),
      lineAt('9:00', FRANKFURT, { gateway: 'gw-2' }),
      lineAt('10:00', FRANKFURT, { gateway: 'gw-2' }),
      lineAt('11:00', HOSTING),
    ]
    const drafts = draftsOf({ lines })
    expect(drafts.map(({ discriminator, timestampMs }) => [discriminator, timestampMs])).toEqual([
      ['100.70.5.0/24', at('9:00')],
      ['100.70.2.0/24', at('11:00')],
    ])
  })

  test('of simultaneous equals the smaller id', () => {
    const a = { ...lineAt('9:00', FRANKFURT, { userRaw: 'Alice' }), id: 'a' }
    const b = { ...lineAt('9:00', FRANKFURT), id: 'b' }
    const view = aliceWith({ logins: () => [b, a] })
    expect(novelLogin(view, DAY, EVERYBODY)[0]?.draft.evidence[0]?.eventId).toBe('a')
  })

  test('a travel in strict mode is graver than a larger sum without one', () => {
    const config = { ...DEFAULT_CONFIG, travel: { mode: 'strict' as const } }
    const known: Known = {
      config,
      isInSeveralNetworks: () => true,
      // In the morning with her own device, in the evening without one: less against her, but a travel.
      devices: ['laptop'],
      presences: () => [presenceOf(NEW_YORK, '9:00'), presenceOf(CAFE, '9:30')],
      days: [
        [HOME, 60],
        [NEW_YORK, 9],
      ],
      lines: [lineAt('9:30', CAFE, { deviceId: 'laptop' }), lineAt('18:00', CAFE)],
    }
    const draft = draftOf(known)
    expect(draft).toMatchObject({ ruleId: 'T1', severity: 'medium', timestampMs: at('9:30') })
    expect(draft.score).toBeCloseTo((5687 - 3072 + 2355) / 1024, 9)
  })

  test('a login without a source network has none', () => {
    const login = { ...lineAt('9:00', HOSTING), prefix: '' }
    expect(draftsOf({ logins: () => [login] })).toEqual([])
    expect(draftsOf({ logins: () => [] })).toEqual([])
  })
})

describe('names', () => {
  test('T2, where sessions were open together', () => {
    const known: Known = {
      isInSeveralNetworks: () => true,
      presences: () => [presenceOf(HOME, '8:00', '10:00'), presenceOf(FRANKFURT, '9:00', '9:30')],
      sessions: () => [sessionOf(HOME, '8:00', '10:00'), sessionOf(FRANKFURT, '9:00', '9:30')],
      lines: [lineAt('9:00', FRANKFURT)],
    }
    const draft = draftOf(known)
    expect(draft).toMatchObject({ ruleId: 'T2', score: (8762 + 3072) / 1024 })
    expect(draft.reason).toContain(': 30 min of sessions open at one time in JP')
  })

  test('U3, where the account was dormant', () => {
    const known: Known = {
      vouched: [],
      days: [],
      countries: [],
      isKnown: () => false,
      activeDaysBefore: () => 0,
      lastActiveDayBefore: (day) => day - 200,
      firstActiveDayBefore: (day) => day - 300,
      lines: [lineAt('9:00', FRANKFURT)],
    }
    const draft = draftOf(known)
    expect(draft).toMatchObject({ ruleId: 'U3', severity: 'high', score: (4529 + 2560) / 1024 })
    expect(draft.reason).toContain(': the first login after 200 days of silence; nobody')
    const home = draftOf({ ...known, lines: [lineAt('9:00', CAFE)] })
    expect(home).toMatchObject({ ruleId: 'U3', severity: 'low', score: (2171 + 2560) / 1024 })
  })

  test('U4, where the account was never used before', () => {
    const known: Known = {
      vouched: [],
      days: [],
      countries: [],
      isKnown: () => false,
      activeDaysBefore: () => 0,
      firstActiveDayBefore: () => null,
      lines: [lineAt('9:00', HOSTING_HERE)],
    }
    const draft = draftOf(known)
    expect(draft).toMatchObject({ ruleId: 'U4', severity: 'medium' })
    expect(draft.score).toBe((Math.round(Math.log(0.00375 / 3e-6) * 1024) + 1536) / 1024)
    expect(draft.considered.map(({ name }) => name)).toEqual(['short_history'])
  })
})

describe('what is asked of nobody', () => {
  test('the most that other terms add up to, by the limits', () => {
    const { login, dormant, firstUse } = DEFAULT_LIMITS
    const habits =
      login.newCountry +
      login.newDevice +
      login.newClient +
      login.newGateway +
      login.newAdministratorRealm +
      login.hourMax
    const stranger =
      login.factorDeniedBefore + login.guessedBefore + dormant.longSilent + firstUse.value
    expect(mostOf(true, DEFAULT_LIMITS)).toBe(habits)
    expect(mostOf(false, DEFAULT_LIMITS)).toBe(habits + stranger)
    const none = limitsOf({ login: { newDevice: -1, knownDevice: -3, newRealm: 2 } })
    expect(mostOf(true, none)).toBe(habits - login.newDevice - login.newAdministratorRealm + 2048)
    const suspicious = limitsOf({ login: { typingError: 1 } })
    expect(mostOf(true, suspicious)).toBe(habits + 1024)
  })

  test('a login at home asks for no habit', () => {
    const asked: string[] = []
    const known: Known = {
      lines: [lineAt('9:00', HOME, { deviceId: 'phone' })],
      knowsDevice: () => asked.push('device') > 0,
      loginHours: () => (asked.push('hours') > 0 ? [] : []),
      failures: () => (asked.push('failures') > 0 ? [] : []),
    }
    expect(draftsOf(known)).toEqual([])
    expect(asked).toEqual([])
  })

  test('a sum that just reaches a signal is one', () => {
    const only = { newCountry: 0, newDevice: 0, newClient: 0, newRealm: 0, hourMax: 0 }
    const knownBy = (signal: number): Known => ({
      vouched: [FRANKFURT],
      config: configWith({ login: { ...only, newAdministratorRealm: 0, signal } }),
      lines: [lineAt('9:00', FRANKFURT, { gateway: 'gw-9' })],
    })
    const { score } = draftOf(knownBy(-20))
    expect(draftsOf(knownBy(score))).toHaveLength(1)
    expect(draftsOf(knownBy(score + 1 / 1024))).toEqual([])
  })

  test('never loses a signal: a vouched login with everything against it', () => {
    const said: Partial<AuthEvent> = {
      deviceId: 'phone',
      userAgent: 'openconnect',
      gateway: 'gw-9',
      realm: 'admins',
    }
    const identity = { stripSuffixes: [], separateRealms: [], administratorRealms: ['admins'] }
    const hours = Array.from({ length: 24 }, (_, hour) => (hour === 20 ? 200 : 0))
    const everything: Known = {
      countries: [],
      loginHours: () => hours,
      vouched: [HOSTING],
      days: [[HOSTING, 30]],
      lines: [lineAt('9:00', HOSTING, said)],
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 8 }), (n, signal) => {
        const known = {
          ...everything,
          config: configWith({ login: { signal } }, { identity }),
          days: [[HOSTING, n] as const],
        }
        const all = { ...known, config: configWith({ login: { signal: -20 } }, { identity }) }
        const { score } = draftOf(all)
        expect(draftsOf(known)).toHaveLength(score >= signal ? 1 : 0)
      }),
      { seed: 20261122, numRuns: 200 },
    )
  })
})
