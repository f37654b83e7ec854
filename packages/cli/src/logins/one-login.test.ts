import { Readable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ran } from '../testing/fake-io.ts'
import type { LoginLine } from '../testing/fortigate-login-lines.ts'
import * as fortigate from '../testing/fortigate-login-lines.ts'
import * as pulse from '../testing/pulse-login-lines.ts'
import { PULSE_FORMS, type Told } from '../testing/pulse-login-lines.ts'

interface Document {
  readonly event: { readonly id: string; readonly outcome: string }
  readonly user?: { readonly name?: string }
  readonly sekisho: {
    readonly line: { readonly number: number }
    readonly decides_login: boolean
  }
}

/** Seconds from one line of a login to the next. */
const STEP_S = 3

async function deciding(lines: readonly string[]): Promise<Document[]> {
  const stdin = Readable.from([Buffer.from(`${lines.join('\n')}\n`)])
  const { code, stdout, stderr } = await ran(['parse', '-', '--no-locate', '--timezone', 'UTC'], {
    stdin,
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr })
  const documents: Document[] = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
  expect(documents).toHaveLength(lines.length)
  return documents.filter(({ sekisho }) => sekisho.decides_login)
}

/** Expects these lines (from 1), and no others, to decide: in the order of time, and in any other. */
async function expectDeciding(
  told: readonly LoginLine[],
  decides: readonly number[],
  outcome: string,
): Promise<void> {
  const lines = told.map((line, index) => line(index * STEP_S))
  const documents = await deciding(lines)
  expect(documents.map(({ sekisho }) => sekisho.line.number)).toEqual(decides)
  for (const { event } of documents) expect(event.outcome).toBe(outcome)
  const idsOf = (each: readonly Document[]) => each.map(({ event }) => event.id).sort()
  const arbitrary = fc.shuffledSubarray(lines, { minLength: lines.length })
  await fc.assert(
    fc.asyncProperty(arbitrary, async (shuffled) => {
      expect(idsOf(await deciding(shuffled))).toEqual(idsOf(documents))
    }),
    { seed: 4, numRuns: 5 },
  )
}

const { EAP, XAUTH, DN } = fortigate

const FORTIGATE_LOGINS: [way: string, lines: LoginLine[], decides: number][] = [
  ['web only', [fortigate.newConnection, fortigate.webUp, fortigate.webDown], 2],
  ['tunnel only', [fortigate.newConnection, fortigate.tunnelUp], 2],
  [
    'web and tunnel',
    [
      ...[fortigate.newConnection, fortigate.webUp, fortigate.tunnelUp],
      ...[fortigate.tunnelStatistics, fortigate.tunnelDown],
    ],
    2,
  ],
  [
    'certificate and password, then known to the firewall',
    [
      ...[fortigate.newConnection, fortigate.certificateGood, fortigate.webUp],
      ...[fortigate.tunnelUp, fortigate.userLogon],
    ],
    3,
  ],
  [
    'IPsec with EAP',
    [
      ...[fortigate.progress, fortigate.progress, fortigate.phase1(EAP), fortigate.phase2],
      ...[fortigate.connectionUp(EAP), fortigate.connectionStatistics(EAP)],
      fortigate.connectionDown(EAP),
    ],
    3,
  ],
  [
    'IPsec with EAP, all progress in the name of the person',
    [fortigate.phase1(EAP), fortigate.phase1(EAP), fortigate.connectionUp(EAP)],
    1,
  ],
  [
    'IPsec with XAUTH after phase 1',
    [
      ...[fortigate.progress, fortigate.phase1(), fortigate.phase1(XAUTH)],
      ...[fortigate.xauthSuccess, fortigate.phase2, fortigate.connectionUp(XAUTH)],
      fortigate.connectionStatistics(XAUTH),
    ],
    4,
  ],
  [
    'IPsec with a certificate that only the tunnel names',
    [fortigate.progress, fortigate.phase1(), fortigate.connectionUp(DN)],
    3,
  ],
  [
    'IPsec with a certificate named from the start',
    [fortigate.phase1(DN), fortigate.connectionUp(DN), fortigate.connectionDown(DN)],
    1,
  ],
  ['L2TP', [fortigate.l2tp(40101, 'tunnel-up'), fortigate.l2tp(40102, 'tunnel-down')], 1],
  ['PPP under L2TP', [fortigate.pppSuccess, fortigate.l2tp(40101, 'tunnel-up')], 1],
  [
    'administrator',
    [fortigate.admin(32001, 'action="login" status="success"'), fortigate.admin(32003, '')],
    1,
  ],
]

const FORTIGATE_FAILURES: [way: string, lines: LoginLine[], decides: number[]][] = [
  ['SSL-VPN', [fortigate.newConnection, fortigate.sslFailure], [2]],
  ['SSL-VPN twice', [fortigate.sslFailure, fortigate.newConnection, fortigate.sslFailure], [1, 3]],
  ['XAUTH', [fortigate.progress, fortigate.phase1(), fortigate.xauthFailure], [3]],
  ['XAUTH twice', [fortigate.xauthFailure, fortigate.xauthFailure], [1, 2]],
  ['EAP', [fortigate.progress, fortigate.ipsecFailure(EAP, 'N/A')], [2]],
  ['PPP', [fortigate.pppFailure], [1]],
  [
    'administrator, until locked out',
    [
      ...[fortigate.adminFailure, fortigate.adminFailure, fortigate.adminFailure],
      fortigate.admin(32021, ''),
    ],
    [1, 2, 3],
  ],
]

describe('one FortiGate login is one deciding line', () => {
  test.each(FORTIGATE_LOGINS)('%s', (_way, lines, decides) =>
    expectDeciding(lines, [decides], 'success'),
  )

  test('none of a tunnel between two sites', () =>
    expectDeciding(
      [fortigate.progress, fortigate.phase1(), fortigate.phase2, fortigate.connectionUp()],
      [],
      '',
    ))

  test('again after the session has ended', () => {
    const login = [fortigate.newConnection, fortigate.webUp, fortigate.webDown]
    const later = login.map(
      (line): LoginLine =>
        (second) =>
          line(second + 300),
    )
    return expectDeciding([...login, ...later], [2, 5], 'success')
  })
})

describe('every refused FortiGate login is one deciding line', () => {
  test.each(FORTIGATE_FAILURES)('%s', (_way, lines, decides) =>
    expectDeciding(lines, decides, 'failure'),
  )
})

const { FIRST, SECOND, AGENT, CREATED, TUNNEL, REFUSED, FAILED, FAILED_22 } = pulse

const PULSE_LOGINS: [way: string, told: Told[], decides: number][] = [
  ['agent', [FIRST, AGENT, CREATED, ...TUNNEL], 2],
  ['agent without a session', [FIRST, pulse.AGENT_WITHOUT_SESSION, CREATED, ...TUNNEL], 2],
  ['browser', [FIRST, pulse.BROWSER, CREATED], 2],
  ['two factors, agent', [FIRST, SECOND, AGENT, CREATED, ...TUNNEL], 3],
  ['two factors, told by the session alone', [FIRST, SECOND, CREATED, ...TUNNEL], 3],
]

const PULSE_FAILURES: [way: string, told: Told[], decides: number[]][] = [
  ['password', [REFUSED, FAILED], [2]],
  ['password twice', [REFUSED, FAILED, REFUSED, FAILED], [2, 4]],
  ['password, in the words of 22.x', [REFUSED, FAILED_22], [2]],
  ['second factor', [FIRST, pulse.SECOND_REFUSED, pulse.SECOND_FAILED], [3]],
  ['lockout', [pulse.LOCKED], [1]],
  ['address refused', [pulse.REJECTED], [1]],
  ['client too old', [pulse.OLD_CLIENT], [1]],
]

/** Told by their codes, hence only in the forms that carry them. */
const CODED_FAILURES: [way: string, told: Told[], decides: number[]][] = [
  ['certificate missing', [pulse.NO_CERTIFICATE], [1]],
  ['account disabled', [pulse.DISABLED, FAILED], [2]],
  ['directory', [pulse.DIRECTORY, REFUSED, FAILED], [3]],
  ['code of a token', [FIRST, pulse.CODE_NOT_TAKEN], [2]],
]

describe.each(PULSE_FORMS)('one Pulse Secure login (%s)', (form, lineOf) => {
  test.each(PULSE_LOGINS)('%s is one deciding line', (_way, told, decides) =>
    expectDeciding(told.map(lineOf), [decides], 'success'),
  )

  const isCoded = form === 'WELF' || form === 'pipe'
  const failures = isCoded ? [...PULSE_FAILURES, ...CODED_FAILURES] : PULSE_FAILURES
  test.each(failures)('refused: %s is one deciding line each time', (_way, told, decides) =>
    expectDeciding(told.map(lineOf), decides, 'failure'),
  )

  test('lines that the device writes as its own belong to the same login', () => {
    const own = (told: Told): LoginLine => {
      const line = lineOf(told)
      return (second) => pulse.asDevice(line(second))
    }
    return expectDeciding([own(FIRST), own(AGENT), lineOf(CREATED), own(CREATED)], [2], 'success')
  })
})
