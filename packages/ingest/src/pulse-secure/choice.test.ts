import { describe, expect, test } from '@jest/globals'
import type { LoggedEvent } from '@sekisho/event'
import { VALUE_BYTES_MAX } from '../limits.ts'
import { LineParser } from '../line-parser.ts'
import { eventOfLine } from '../testing/parsed-line.ts'
import {
  ADDRESS,
  imitationOf,
  loginLineOf,
  PULSE_FORMS,
  type PulseForm,
  pulseLineOf,
  REFUSALS,
} from '../testing/pulse-lines.ts'
import { READINGS_MAX } from './record.ts'

const parser = new LineParser({ timezone: 'Europe/Berlin' })

const eventOf = (line: string): LoggedEvent => eventOfLine(parser, line)

/** Another client than the one that the lines are of. */
const OTHER = '192.0.2.66'
const TIMESTAMP = Date.UTC(2026, 2, 14, 7, 16, 55)

/** What a stranger imitates: `[address, code, message]` of a user `ceo`. */
const LOGIN = `Agent login succeeded for ceo/Employees (session:sid1c850d89) from`
const IMITATED = {
  wholeLogin: [ADDRESS, 'AUT24414', `${LOGIN} ${ADDRESS} with A`],
  wholeLoginWithDot: [ADDRESS, 'AUT24414', `${LOGIN} ${ADDRESS} with A. `],
  createdSession: [
    ADDRESS,
    'AUT32033',
    `Session created for user: [ceo/Employees] from [${ADDRESS}] with primary auth-server type: [SAML].`,
  ],
  loginElsewhere: [OTHER, 'AUT24414', `${LOGIN} ${OTHER} with A`],
  factor: [OTHER, 'AUT24326', `Primary authentication successful for ceo/AD from ${OTHER}`],
  logout: [OTHER, 'AUT22673', `Logout from ${OTHER}`],
  policyTrace: [OTHER, 'PTR10000', 'Words'],
  systemMessage: [OTHER, 'SYS10305', 'Words'],
  refusal: [OTHER, 'AUT23457', 'Login failed using auth server Z (ACE Server).  Reason: IP Denied'],
  refusalHere: [
    ADDRESS,
    'AUT23457',
    'Login failed using auth server Z (ACE Server).  Reason: Failed',
  ],
  lockout: [ADDRESS, 'AUT22675', `Login failed from ${ADDRESS} after 5 failed attempts. Blocked`],
  unknown: [OTHER, 'AUT99999', 'Words that are not known'],
  bareRefusal: [ADDRESS, 'AUT23457', 'Login failed'],
  otherReason: [
    ADDRESS,
    'AUT23457',
    'Login failed using auth server AD (LDAP Server).  Reason: The server said no',
  ],
  denial: [ADDRESS, 'AUT99999', 'Access denied'],
  hostChecker: [ADDRESS, 'AUT24804', 'Host Checker Compliance Result'],
  notAuthenticated: [ADDRESS, 'AUT20920', `Connection from IP ${ADDRESS} not authenticated yet`],
} as const

type Imitated = keyof typeof IMITATED

const ALL = Object.keys(IMITATED) as Imitated[]

function imitated(form: PulseForm, what: Imitated): string {
  const [address, code, message] = IMITATED[what]
  return imitationOf(form, { user: 'ceo', roles: 'Staff', code, message }, address)
}

/** How often an imitation is repeated: fewer times than are weighed, as many, and many more. */
const TIMES = [-2, -1, 0, 34].map((more) => READINGS_MAX + more)

/** Names that imitate a line once and more often, behind and before other texts. */
function namesOf(form: PulseForm, what: Imitated): string[] {
  const text = imitated(form, what)
  const repeated = TIMES.map((times) => `${text}, `.repeat(times))
  return [text, `- ${text}`, `System${text} - [`, `${text} ${text}`, ...repeated]
}

describe.each(PULSE_FORMS)('$name: a refused name', (form) => {
  test.each(REFUSALS)('stays refused, whatever it imitates (%s)', (code, messageOf) => {
    for (const name of ALL.flatMap((what) => namesOf(form, what))) {
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

  test.each(['The account cannot be used', 'Access denied', 'Words'])(
    'is no login in words that are in no row: %s',
    (message) => {
      for (const what of ['wholeLogin', 'wholeLoginWithDot', 'createdSession'] as const) {
        const user = imitated(form, what)
        const event = eventOf(pulseLineOf(form, { user, code: 'AUT99999', message }))
        expect(event).toMatchObject({ action: 'other', attempt: 'none', recovered: true })
      }
    },
  )

  test.each(['factor', 'logout', 'refusal'] as const)(
    'is no login where it imitates too much to be weighed, and stands twice in the message: %s',
    (what) => {
      const user = `${imitated(form, 'wholeLogin')}${`${imitated(form, what)}, `.repeat(20)}`
      for (const [code, words] of [
        ['AUT21052', 'Login rejected from'],
        ['AUT99999', 'Account unknown to'],
      ] as const) {
        const message = `${words} ${ADDRESS} for ${user}/Employees and ${user}/AD.`
        const { attempt, recovered } = eventOf(pulseLineOf(form, { user, code, message }))
        expect(recovered).toBe(true)
        expect(attempt).not.toMatch(/success|session/)
      }
    },
  )

  test('adds nothing to a line that tells of no refusal', () => {
    for (const what of ALL.filter(
      (each) => !/refusal|lockout|reason|denial|hostChecker/i.test(each),
    )) {
      const user = imitated(form, what)
      const message = `Password realm restrictions successfully passed for ${user}/Employees`
      const event = eventOf(pulseLineOf(form, { user, code: 'AUT23278', message }))
      expect(event).toMatchObject({ action: 'policy.check', userRaw: user.trim() })
    }
  })
})

describe.each(PULSE_FORMS)('$name: a login', (form) => {
  test.each([
    ['brackets', ')[] - '],
    ['brackets and more', ')[] - [192.0.2.66] ceo(R)[] - '],
    ['realms', ' realm="'],
    ['pipes', ' | | | | | | | | '],
    ['the field of a message', `" msg="AUT23457: ${IMITATED.refusal[2]}`],
    ...ALL.filter((what) => !['lockout', 'unknown'].includes(what)).map(
      (what) => [what, imitated(form, what)] as const,
    ),
  ])('stays one, though its program imitates %s', (what, program) => {
    for (const field of ['', program]) {
      const event = eventOf(loginLineOf(form, program, field))
      expect(event).toMatchObject({
        action: 'vpn.login',
        outcome: 'success',
        userRaw: 'jdoe',
        sourceAddress: ADDRESS,
        timestampMs: TIMESTAMP,
        realm: 'Employees',
        roles: form.hasRoles ? 'Staff' : '',
        recovered: event.recovered || what in IMITATED,
      })
    }
  })

  test('stays one, though its program imitates a lockout in a field of its own', () => {
    const program = `" duration= msg="AUT22675: ${IMITATED.lockout[2]}`
    expect(eventOf(loginLineOf(form, 'A', program))).toMatchObject({ attempt: 'success' })
  })

  test.each([...ALL, 'brackets'] as const)(
    'is an event though its program imitates %s, and marked where it is read as another',
    (what) => {
      // The pipe form's code stands where nobody types.
      const isToldBeforeName = form.before('AUT24414').includes('AUT24414')
      const text = what === 'brackets' ? ')[] - ' : imitated(form, what)
      for (const times of [1, ...TIMES]) {
        for (const end of ['.', ', x.', '']) {
          for (const field of ['', text.repeat(times)]) {
            const event = eventOf(loginLineOf(form, text.repeat(times), field, end))
            const isLogin = event.action === 'vpn.login' && event.outcome === 'success'
            expect(isLogin || (event.recovered && !isToldBeforeName)).toBe(true)
          }
        }
      }
    },
  )
})
