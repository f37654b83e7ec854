import { describe, expect, test } from '@jest/globals'
import type { LoggedEvent, Parsed } from '@sekisho/event'
import fc from 'fast-check'
import { VALUE_BYTES_MAX } from './limits.ts'
import { LineParser } from './line-parser.ts'
import {
  ADDRESS,
  imitationOf,
  PULSE_FORMS,
  type PulseForm,
  type PulseLine,
  pulseLineOf,
} from './testing/pulse-lines.ts'

fc.configureGlobal({ seed: 20_260_314 })

const parser = new LineParser({ timezone: 'Europe/Berlin' })

function parsed(line: string): Parsed {
  const bytes = Buffer.from(line)
  const result = parser.parse(bytes, 0, bytes.length)
  // The parser reuses its events.
  return result.kind === 'event' ? { kind: 'event', event: { ...result.event } } : result
}

function eventOf(line: string): LoggedEvent {
  const result = parsed(line)
  if (result.kind !== 'event') throw new Error(`no event: ${JSON.stringify(result)}\n${line}`)
  return result.event
}

const OTHER = '192.0.2.66'
const TIMESTAMP = Date.UTC(2026, 2, 14, 7, 16, 55)

type Told = readonly [code: string, messageOf: (name: string) => string]

/** Refusals of a name that a stranger typed: without and with a dot, with and without the name. */
const REFUSALS: readonly Told[] = [
  ['AUT23457', () => 'Login failed using auth server AD (Active Directory).  Reason: Failed'],
  [
    'AUT31985',
    () =>
      "Login failed for 'Primary' authentication using auth server 'AD' ('LDAP Server'). Reason: 'Failed'",
  ],
  [
    'AUT23457',
    () => 'Login failed using auth server AD (Active Directory).  Reason: The server said no.',
  ],
  ['AUT24327', (name) => `Primary authentication failed for ${name}/AD from ${ADDRESS}`],
  [
    'AUT22675',
    () =>
      `Login failed from ${ADDRESS} after 5 failed attempts. Subsequent attempts will be blocked for 2 minutes.`,
  ],
  ['AUT21052', (name) => `Login rejected from ${ADDRESS} for ${name}/Employees.`],
]

/** Logins that a name imitates: whole ones of the client that types it, and others. */
function loginsIn(form: PulseForm): string[] {
  const whole = (user: string, address: string): PulseLine => ({
    user,
    roles: 'Staff',
    code: 'AUT24414',
    message: `Agent login succeeded for ${user}/Employees (session:sid1c850d89) from ${address} with A`,
  })
  const created = `Session created for user: [ceo/Employees] from [${ADDRESS}] with primary auth-server type: [SAML].`
  return [
    imitationOf(form, whole('ceo', ADDRESS), ADDRESS),
    imitationOf(form, whole('ceo', OTHER), OTHER),
    imitationOf(
      form,
      { ...whole('ceo', ADDRESS), message: `${whole('ceo', ADDRESS).message}. ` },
      ADDRESS,
    ),
    imitationOf(form, { user: 'ceo', code: 'AUT32033', message: created }, ADDRESS),
    imitationOf(
      form,
      {
        user: 'x',
        code: 'AUT24326',
        message: 'Primary authentication successful for x/AD from 192.0.2.66',
      },
      OTHER,
    ),
    imitationOf(form, { user: 'x', code: 'AUT22673', message: `Logout from ${OTHER}` }, OTHER),
    imitationOf(form, { user: 'x', code: 'PTR10000', message: 'Words' }, OTHER),
    imitationOf(form, { user: 'x', code: 'SYS10305', message: 'Words' }, OTHER),
  ]
}

describe.each(PULSE_FORMS)('$name: a refused name', (form) => {
  const namesOf = (login: string): string[] => [
    login,
    `- ${login}`,
    `System${login} - [`,
    `${login} ${login}`,
    ...[6, 7, 8, 50].map((times) => `${login}, `.repeat(times)),
  ]

  test.each(REFUSALS)('that imitates logins stays refused (%s)', (code, messageOf) => {
    for (const name of loginsIn(form).flatMap(namesOf)) {
      const event = eventOf(pulseLineOf(form, { user: name, code, message: messageOf(name) }))
      expect({ name, ...event }).toMatchObject({
        name,
        outcome: 'failure',
        sourceAddress: ADDRESS,
        timestampMs: TIMESTAMP,
        realm: 'Employees',
        recovered: true,
      })
      expect(event.userRaw).toBe(name.trim().slice(0, VALUE_BYTES_MAX))
    }
  })

  test('that imitates another refusal keeps its own', () => {
    const failed = 'Login failed using auth server Z (ACE Server).  Reason: IP Denied'
    const name = imitationOf(form, { user: 'x', code: 'AUT23457', message: failed }, OTHER)
    for (const [code, messageOf] of REFUSALS) {
      const event = eventOf(pulseLineOf(form, { user: name, code, message: messageOf(name) }))
      expect(event).toMatchObject({ outcome: 'failure', sourceAddress: ADDRESS, userRaw: name })
    }
  })

  test('is no login in words that are in no row', () => {
    for (const login of loginsIn(form).slice(0, 5)) {
      for (const message of ['The account cannot be used.', 'Access denied.', 'Words']) {
        const line = pulseLineOf(form, { user: login, code: 'AUT99999', message })
        if (message === 'Words' && parsed(line).kind !== 'event') continue
        expect(eventOf(line)).toMatchObject({ attempt: 'none', recovered: true })
      }
    }
  })

  test('adds nothing to a line that tells of no refusal', () => {
    for (const login of loginsIn(form)) {
      const message = `Password realm restrictions successfully passed for ${login}/Employees`
      const event = eventOf(pulseLineOf(form, { user: login, code: 'AUT23278', message }))
      expect(event).toMatchObject({ action: 'policy.check', userRaw: login.trim() })
    }
  })
})

/** The line of somebody who logged in and chose what the program says it is. */
function loginLineOf(form: PulseForm, program: string, end = '.'): string {
  const message = `Agent login succeeded for jdoe/Employees (session:sid1c850d89) from ${ADDRESS} with ${program}${end}`
  return pulseLineOf(form, { user: 'jdoe', roles: 'Staff', code: 'AUT24414', message })
}

/** The same where the device writes the program in a field of its own, too. */
function withAgentField(line: string, program: string): string {
  return line.replace(' agent=""', () => ` agent="${program}"`)
}

describe.each(PULSE_FORMS)('$name: a login', (form) => {
  const failed = 'Login failed using auth server AD (Active Directory).  Reason: Failed'
  const refused = (address: string) =>
    imitationOf(form, { user: 'x', code: 'AUT23457', message: failed }, address)

  test.each([
    ['brackets', ')[] - ', false],
    ['brackets and more', ')[] - [192.0.2.66] ceo(R)[] - ', false],
    ['realms', ' realm="', false],
    ['pipes', ' | | | | | | | | ', false],
    ['another login', loginsIn(form)[1] as string, true],
    ['a whole login', loginsIn(form)[0] as string, true],
    ['a logout', loginsIn(form)[5] as string, true],
    ['a policy trace', loginsIn(form)[6] as string, true],
    ['a refusal as it is written', refused(OTHER), true],
    ['a refusal from the same address', refused(ADDRESS), true],
  ])('stays one, whose program imitates %s', (_name, program, isMarked) => {
    for (const line of [
      loginLineOf(form, program),
      withAgentField(loginLineOf(form, program), program),
    ]) {
      const event = eventOf(line)
      expect(event).toMatchObject({
        action: 'vpn.login',
        outcome: 'success',
        userRaw: 'jdoe',
        sourceAddress: ADDRESS,
        timestampMs: TIMESTAMP,
        realm: 'Employees',
        roles: form.hasCode && form.name !== 'WELF' ? '' : 'Staff',
      })
      if (isMarked) expect(event.recovered).toBe(true)
    }
  })

  test('is an event whatever the program is, and marked where it is read as another', () => {
    const locked = 'Login failed from 192.0.2.66 after 5 failed attempts. Blocked for 2 minutes'
    const programs = [
      ...loginsIn(form),
      refused(OTHER),
      `${refused(OTHER)}, x`,
      imitationOf(form, { user: 'x', code: 'AUT22675', message: locked }, OTHER),
      imitationOf(form, { user: 'x', code: 'AUT24414', message: 'Words, but not known' }, OTHER),
    ]
    for (const program of programs.flatMap((one) => [
      one,
      one.repeat(7),
      one.repeat(8),
      one.repeat(60),
    ])) {
      for (const end of ['.', '']) {
        const line = loginLineOf(form, program, end)
        for (const written of [line, withAgentField(line, program)]) {
          const { outcome, action, recovered } = eventOf(written)
          expect(recovered || (action === 'vpn.login' && outcome === 'success')).toBe(true)
        }
      }
    }
  })
})

/** What imitates a line, of parts that fit each other more or less. */
function imitations(form: PulseForm): fc.Arbitrary<string> {
  const address = fc.constantFrom(ADDRESS, ADDRESS, OTHER)
  const user = fc.constantFrom('ceo', 'x', 'jdoe', '', 'System')
  const told = fc.constantFrom<readonly [string, (user: string, address: string) => string]>(
    [
      'AUT24414',
      (name, from) =>
        `Agent login succeeded for ${name}/Employees (session:sid1) from ${from} with A`,
    ],
    ['AUT24414', (name, from) => `Agent login succeeded for ${name}/Employees from ${from}.`],
    [
      'AUT32033',
      (name, from) => `Session created for user: [${name}/Employees] from [${from}] with A.`,
    ],
    ['AUT23457', () => 'Login failed using auth server AD (Active Directory).  Reason: Failed'],
    ['AUT24327', (name, from) => `Primary authentication failed for ${name}/AD from ${from}`],
    ['AUT24326', (name, from) => `Primary authentication successful for ${name}/AD from ${from}`],
    [
      'AUT20919',
      (name, from) => `Remote address for user ${name}/R changed from 192.0.2.1 to ${from}.`,
    ],
    ['AUT22673', (_name, from) => `Logout from ${from}`],
    ['PTR10000', () => 'Words'],
  )
  const tail = fc.constantFrom('', '"', ' ', ')', '. ', ' - ', '- ', ' | ', '::')
  return fc
    .tuple(address, user, told, tail)
    .map(([from, name, [code, messageOf], end]) =>
      [
        imitationOf(
          form,
          { user: name, roles: 'Staff', code, message: messageOf(name, from) },
          from,
        ),
        end,
      ].join(''),
    )
}

test.each(PULSE_FORMS)('$name: no name becomes a success, no program hides a line', (form) => {
  const typed = fc.oneof(
    {
      weight: 20,
      arbitrary: fc
        .array(imitations(form), { minLength: 1, maxLength: 5 })
        .map((parts) => parts.join('')),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(imitations(form), imitations(form), fc.integer({ min: 2, max: 12 }))
        .map(([a, b, times]) => `${a}${b}`.repeat(times)),
    },
  )
  fc.assert(
    fc.property(typed, fc.constantFrom(...REFUSALS), (text, [code, messageOf]) => {
      const refused = eventOf(pulseLineOf(form, { user: text, code, message: messageOf(text) }))
      expect(refused).toMatchObject({
        outcome: 'failure',
        sourceAddress: ADDRESS,
        timestampMs: TIMESTAMP,
      })
      expect(refused.attempt).not.toMatch(/success|session/)
      const login = eventOf(withAgentField(loginLineOf(form, text), text))
      const isLogin = login.action === 'vpn.login' && login.outcome === 'success'
      if (isLogin) expect(login).toMatchObject({ userRaw: 'jdoe', sourceAddress: ADDRESS })
      else expect(login.recovered).toBe(true)
    }),
    { numRuns: 400 },
  )
})
