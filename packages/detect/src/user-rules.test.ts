import { expect, test } from '@jest/globals'
import type { Attempt } from '@sekisho/event'
import { aliceWith } from './testing/alice.ts'
import { DAY, EVERYBODY, HOME, HOSTING, lineAt } from './testing/fake-user-view.ts'
import { USER_ATTACK_RULES, USER_RULES } from './user-rules.ts'

const failed = (count: number, attempt: 'bad_credential' | 'mfa_denied'): Attempt[] =>
  Array.from({ length: count }, (_, i) =>
    lineAt(`8:${10 + i}`, HOSTING, { attempt, outcome: 'failure' }),
  )

test.each<{ what: string; lines: Attempt[]; families: string[] }>([
  { what: 'a login at home', lines: [lineAt('9:00', HOME)], families: [] },
  { what: 'a login elsewhere', lines: [lineAt('9:00', HOSTING)], families: ['U2'] },
  {
    what: 'a session that moves',
    lines: [HOME, HOSTING].map((network, i) =>
      lineAt(`9:0${i}`, network, { sessionId: '7', attempt: 'session_move' }),
    ),
    families: ['S1'],
  },
  { what: 'refused second factors', lines: failed(5, 'mfa_denied'), families: ['M1'] },
  { what: 'wrong passwords', lines: failed(30, 'bad_credential'), families: ['U1'] },
])('of $what the rules find $families', ({ lines, families }) => {
  const view = aliceWith({ lines })
  const found = USER_RULES.flatMap((rule) => rule(view, DAY, EVERYBODY))
  expect(found.map(({ draft }) => draft.family)).toEqual(families)
  const attacks = USER_ATTACK_RULES.flatMap((rule) => rule(view, DAY, EVERYBODY))
  expect(attacks.map(({ draft }) => draft.family)).toEqual(families.filter((each) => each === 'U1'))
})
