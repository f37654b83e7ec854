import { expect, test } from '@jest/globals'
import type { LoggedEvent } from '@sekisho/event'
import fc from 'fast-check'
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

fc.configureGlobal({ seed: 20_260_314 })

const parser = new LineParser({ timezone: 'Europe/Berlin' })

const eventOf = (line: string): LoggedEvent => eventOfLine(parser, line)

type MessageOf = (user: string, address: string) => string

const MESSAGES: readonly (readonly [code: string, messageOf: MessageOf])[] = [
  [
    'AUT24414',
    (user, from) =>
      `Agent login succeeded for ${user}/Employees (session:sid1) from ${from} with A`,
  ],
  ['AUT24414', (user, from) => `Agent login succeeded for ${user}/Employees from ${from}.`],
  [
    'AUT32033',
    (user, from) => `Session created for user: [${user}/Employees] from [${from}] with A.`,
  ],
  ['AUT23457', () => 'Login failed using auth server AD (Active Directory).  Reason: Failed'],
  ['AUT24327', (user, from) => `Primary authentication failed for ${user}/AD from ${from}`],
  ['AUT24326', (user, from) => `Primary authentication successful for ${user}/AD from ${from}`],
  [
    'AUT20919',
    (user, from) => `Remote address for user ${user}/R changed from 192.0.2.1 to ${from}.`,
  ],
  ['AUT22673', (_user, from) => `Logout from ${from}`],
  ['PTR10000', () => 'Words'],
]

/** What imitates a line, of parts that fit each other more or less. */
function imitations(form: PulseForm): fc.Arbitrary<string> {
  return fc
    .record({
      address: fc.constantFrom(ADDRESS, ADDRESS, '192.0.2.66'),
      user: fc.constantFrom('ceo', 'x', 'jdoe', '', 'System'),
      message: fc.constantFrom(...MESSAGES),
      tail: fc.constantFrom('', '"', ' ', ')', '. ', ' - ', '- ', ' | ', '::'),
    })
    .map(({ address, user, message: [code, messageOf], tail }) => {
      const message = messageOf(user, address)
      return imitationOf(form, { user, roles: 'Staff', code, message }, address) + tail
    })
}

/** Some imitations one after the other, now and then so many that not all can be weighed. */
function typedTexts(form: PulseForm): fc.Arbitrary<string> {
  const one = imitations(form)
  const some = fc.array(one, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
  const many = fc
    .tuple(some, fc.integer({ min: 2, max: 12 }))
    .map(([text, times]) => text.repeat(times))
  return fc.oneof({ weight: 15, arbitrary: some }, { weight: 1, arbitrary: many })
}

test.each(PULSE_FORMS)('$name: no name that is refused becomes a success', (form) => {
  const typed = typedTexts(form)
  fc.assert(
    fc.property(typed, typed, fc.constantFrom(...REFUSALS), (user, program, [code, messageOf]) => {
      const message = messageOf(user)
      const event = eventOf(pulseLineOf(form, { user, code, message }))
      expect(event).toMatchObject({ outcome: 'failure', sourceAddress: ADDRESS })
      expect(event.timestampMs).toBe(Date.UTC(2026, 2, 14, 7, 16, 55))
      expect(event.attempt).not.toMatch(/success|session/)
      // Where the program has a field behind the name, it may imitate as well.
      expect(eventOf(pulseLineOf(form, { user, code, message, program })).outcome).toBe('failure')
    }),
    { numRuns: 400 },
  )
})

test.each(PULSE_FORMS)('$name: no program hides a login without a mark', (form) => {
  const typed = typedTexts(form)
  fc.assert(
    fc.property(typed, typed, (program, field) => {
      const event = eventOf(loginLineOf(form, program, field))
      if (event.action === 'vpn.login' && event.outcome === 'success')
        expect(event).toMatchObject({ userRaw: 'jdoe', sourceAddress: ADDRESS })
      else expect(event.recovered).toBe(true)
    }),
    { numRuns: 400 },
  )
})
