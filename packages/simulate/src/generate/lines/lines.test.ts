import { describe, expect, test } from '@jest/globals'
import type { LoggedEvent } from '@sekisho/event'
import { LineParser } from '@sekisho/ingest'
import { Journal } from '../delivery/journal.ts'
import { Gateway } from '../organisation/gateway.ts'
import { bank } from '../worlds/bank.ts'
import type { GatewayForm } from '../worlds/world.ts'
import { writeAdministrator } from './administrator.ts'
import type { FailureOutcome } from './events.ts'
import { Writer } from './writer.ts'

const FORMS: readonly GatewayForm[] = [
  ...(['fortigate-plain', 'fortigate-bsd', 'fortigate-rfc3339', 'fortigate-rfc5424'] as const),
  ...(['fortigate-ipsec', 'pulse-rfc5424', 'pulse-bsd', 'pulse-welf'] as const),
]

const START_MS = Date.parse('2026-03-10T09:00:00Z')
const ADDRESS = '87.181.148.112'
const ELSEWHERE = '178.62.192.84'
const ORIGIN = { episode: null, process: 'work' }
const DEVICE = {
  ...{ isPhone: false, clientId: 'A1'.repeat(16), mac: '02-00-5e-10-00-01', name: 'LT-1' },
}

/** The events of what is written at a gateway of a form. */
function eventsOf(
  form: GatewayForm,
  write: (writer: Writer, gateway: Gateway) => void,
): LoggedEvent[] {
  const plan = {
    name: 'gw-1',
    site: 'frankfurt',
    form,
    serves: ['frankfurt'],
    statisticsMinutes: 60,
  }
  const gateway = new Gateway(plan, bank, '82.140.6.146')
  const journal = new Journal((line) => [line])
  write(new Writer(journal), gateway)
  const parser = new LineParser({ timezone: 'Europe/Berlin' })
  return [...journal.takeThrough(Number.POSITIVE_INFINITY)].map(({ text }) => {
    const bytes = Buffer.from(text)
    const parsed = parser.parse(bytes, 0, bytes.length)
    if (parsed.kind !== 'event') throw new Error(`${parsed.kind}: ${text}`)
    return { ...parsed.event }
  })
}

function failureIn(form: GatewayForm, outcome: FailureOutcome, user = 'anna.koch'): LoggedEvent[] {
  const failure = { timeMs: START_MS, user, address: ADDRESS, outcome, device: DEVICE }
  return eventsOf(form, (writer, gateway) => writer.failure(gateway, failure, ORIGIN))
}

const SESSION = {
  ...{ startMs: START_MS, endMs: START_MS + 7_200_000, user: 'anna.koch', address: ADDRESS },
  ...{ device: DEVICE, clientVersion: '22.7.4.30859', sessionKey: 'anna/1', moves: [] },
}

describe.each(FORMS)('%s', (form) => {
  const isPulse = form.startsWith('pulse')
  const isIpsec = form === 'fortigate-ipsec'

  test('a login counts once, with who, from where, when, and by which device', () => {
    const events = eventsOf(form, (writer, gateway) => writer.session(gateway, SESSION, ORIGIN))
    const deciding = events.filter(
      ({ attempt, decides }) => attempt === 'success' && decides === 'yes',
    )
    expect(deciding).toHaveLength(1)
    expect(deciding[0]).toMatchObject({
      ...{ userName: 'anna.koch', userKey: 'anna.koch', sourceAddress: ADDRESS, gateway: 'gw-1' },
      ...{ userDomain: isPulse ? '' : 'BANK', recovered: false },
    })
    expect(Math.abs((deciding[0]?.timestampMs ?? 0) - START_MS)).toBeLessThan(1000)
    expect(events.filter(({ attempt }) => attempt === 'session_end').length).toBeGreaterThan(0)
    expect(events.map(({ deviceId }) => deviceId)).toContain(isPulse ? DEVICE.mac : DEVICE.clientId)
    const ids = new Set(events.map(({ sessionId }) => sessionId).filter((id) => id !== ''))
    expect(ids.size).toBe(1)
  })

  test.each([
    ['wrong-password', 'bad_credential'],
    ['unknown-user', isPulse || isIpsec ? 'bad_credential' : 'unknown_user'],
    ['expired-password', isIpsec ? 'bad_credential' : 'expired_password'],
    ['locked', isIpsec ? 'bad_credential' : 'disabled_or_locked'],
    ['second-factor', 'mfa_denied'],
  ] as const)('a failure, %s', (outcome, attempt) => {
    const deciding = failureIn(form, outcome).filter(({ decides }) => decides === 'yes')
    expect(deciding).toHaveLength(1)
    expect(deciding[0]).toMatchObject({ attempt, userName: 'anna.koch', sourceAddress: ADDRESS })
  })

  test.each(['o"neil', 'a b', 'jürgen', 'x=1'])('a name such as %s arrives whole', (user) => {
    const [event] = failureIn(form, 'wrong-password', user).filter(
      ({ decides }) => decides === 'yes',
    )
    expect(event).toMatchObject({ userName: user, sourceAddress: ADDRESS })
  })

  test('an administrator', () => {
    const changes = [{ path: 'system.admin', object: 'support', attribute: 'accprofile[*]' }]
    const work = {
      startMs: START_MS,
      endMs: START_MS + 600_000,
      user: 'netops',
      address: ADDRESS,
      changes,
    }
    const events = eventsOf(form, (writer, gateway) =>
      writeAdministrator(writer.journal, gateway, work, ORIGIN),
    )
    const login = events.find(({ action }) => action === 'admin.login')
    expect(login).toMatchObject({ outcome: 'success', userName: 'netops' })
    const signs = events.map(({ indicator }) => indicator)
    expect(signs.includes('administrator-changed')).toBe(!isPulse)
  })

  test('a stolen session has the id of its owner and the address of the thief', () => {
    if (isIpsec) return
    const theft = {
      ...{ timeMs: START_MS + 900_000, user: SESSION.user, address: ELSEWHERE },
      ...{ homeAddress: ADDRESS, sessionKey: SESSION.sessionKey },
    }
    const events = eventsOf(form, (writer, gateway) => {
      writer.session(gateway, SESSION, ORIGIN)
      writer.theft(gateway, theft, { episode: 'session-theft-1', process: null })
    })
    const signs = events.filter(({ attempt }) =>
      ['success', 'session_start', 'session_move'].includes(attempt),
    )
    const ids = (address: string): string[] =>
      signs.filter((event) => event.sourceAddress === address).map(({ sessionId }) => sessionId)
    const thiefs = ids(ELSEWHERE)
    expect(thiefs.length).toBeGreaterThan(0)
    for (const id of thiefs) expect(ids(ADDRESS)).toContain(id)
  })
})

test('a session that moves keeps its id', () => {
  const moves = [{ timeMs: START_MS + 600_000, address: ELSEWHERE }]
  const events = eventsOf('pulse-rfc5424', (writer, gateway) =>
    writer.session(gateway, { ...SESSION, moves }, ORIGIN),
  )
  const move = events.find(({ attempt }) => attempt === 'session_move')
  expect(move).toMatchObject({ sourceAddress: ELSEWHERE, otherAddress: ADDRESS })
})
