import { describe, expect, test } from '@jest/globals'
import type { Alert, Attempt } from '@sekisho/event'
import { userKeyOf } from '@sekisho/event'
import { employeesOf, loginAt, sixWeeksOf } from './testing/company.ts'
import { runReference } from './testing/reference/reference.ts'
import { digestsOf, newScorer, runBatch, withoutSignals } from './testing/run.ts'
import {
  at,
  changed,
  HOSTING,
  login,
  NEW_YORK,
  refusals,
  sessionEnd,
  TODAY,
  TOKYO,
  tenDaysOf,
} from './testing/story.ts'

function expectAlike(attempts: readonly Attempt[]): void {
  const { alerts, signals } = runReference(attempts)
  expect(digestsOf(runBatch(attempts))).toEqual(digestsOf([...alerts, ...signals]))
}

test.each([100, 700, 1000])(
  'a service account that logs in every minute hides no theft at minute %i',
  (minute) => {
    const monitor = changed(HOSTING, '100.95.1.', {
      country: 'JP',
      latitude: 35.7,
      longitude: 139.7,
    })
    const probe = Array.from({ length: 15 * 1440 }, (_, i) => loginAt('probe', monitor, 0, i))
    const story = [...sixWeeksOf(employeesOf(30)), ...probe, loginAt('probe', NEW_YORK, 14, minute)]
    expect(
      withoutSignals(runBatch(story)).map(({ ruleId, severity }) => [ruleId, severity]),
    ).toEqual([['T1', 'high']])
  },
)

describe('what lines may say', () => {
  test.each([2 ** 32, 2 ** 32 + 8 * 3600])('a session of %i seconds', (durationS) => {
    expectAlike([
      ...tenDaysOf('aoki'),
      sessionEnd('aoki', TOKYO, TODAY, '12:00', durationS),
      login('aoki', NEW_YORK, TODAY, '11:30'),
    ])
  })
  test.each([
    [
      'four texts of 8 KiB',
      {
        deviceId: 'd'.repeat(8192),
        sessionId: 's'.repeat(8192),
        userRaw: 'r'.repeat(8192),
        userName: 'n'.repeat(8192),
      },
    ],
    ['half a surrogate', { userRaw: '\ud800', userName: '\ud800' }],
  ])('%s in a login change no more than what is shown', (_what, said) => {
    const story = [...tenDaysOf('aoki'), login('aoki', HOSTING, TODAY, '12:00', said)]
    const { alerts, signals } = runReference(story)
    const idsOf = (said: readonly Alert[]): string[] =>
      said.map(({ id, severity }) => `${id} ${severity}`).sort()
    expect(idsOf(runBatch(story))).toEqual(idsOf([...alerts, ...signals]))
    expect(idsOf(alerts)).toHaveLength(1)
  })

  test.each([
    ['that grows when it is folded', '\ufdfa'.repeat(2700)],
    ['that is half a surrogate', 'x\udc00'],
  ])('a name %s fails like any other', (_what, raw) => {
    const said = () => ({ userRaw: raw, userName: raw, userKey: userKeyOf(raw) })
    const failures = refusals(
      6,
      (i) => `name${i}`,
      HOSTING,
      at(TODAY, '12:00'),
      1,
      (i) => (i === 3 ? said() : {}),
    )
    const [alert] = runBatch([...tenDaysOf('aoki'), ...failures])
    expect(alert).toMatchObject({ ruleId: 'N1', counts: { users_failed: 6 } })
  })

  test('a name that is half a surrogate is one account, however often it fails', () => {
    const said = () => ({ userKey: 'x\udc00' })
    const failures = refusals(100, () => 'x', HOSTING, at(TODAY, '12:00'), 1, said)
    const scorer = newScorer('batch', () => {})
    for (const attempt of failures) scorer.offer(attempt)
    expect(scorer.size.accounts).toBe(1)
  })
})
