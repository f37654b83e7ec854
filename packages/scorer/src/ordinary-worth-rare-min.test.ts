import { expect, test } from '@jest/globals'
import { DEFAULT_CONFIG, limitsOf } from '@sekisho/detect'
import { loginAt } from './testing/company.ts'
import { runReference } from './testing/reference/reference.ts'
import { digestsOf, runBatch } from './testing/run.ts'
import { changed, SAPPORO, TOKYO } from './testing/story.ts'

test('a popular network that excuses nothing makes a login there worth a look', () => {
  const config = { ...DEFAULT_CONFIG, limits: limitsOf({ login: { rareMin: 0 } }) }
  const colleagues = Array.from({ length: 12 }, (_, i) => i).flatMap((i) =>
    Array.from({ length: 91 }, (_, n) =>
      loginAt(`user${i}`, changed(TOKYO, `198.18.${i}.`, {}), n, 480),
    ),
  )
  const aoki = Array.from({ length: 90 }, (_, n) => loginAt('aoki', SAPPORO, n, 480))
  const visits = [80, 81].map((n) => loginAt('aoki', TOKYO, n, 480 + 600))
  const other = loginAt('aoki', changed(TOKYO, '198.18.77.', {}), 90, 60)
  const story = [...colleagues, ...aoki, ...visits, other]
  const { alerts, signals } = runReference(story, config)
  expect(digestsOf(runBatch(story, config))).toEqual(digestsOf([...alerts, ...signals]))
})
