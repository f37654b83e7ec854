import { expect, test } from '@jest/globals'
import { ToldProblems } from './told-problems.ts'

test('a problem is told when it begins, changes, or comes back', () => {
  const told: string[] = []
  const problems = new ToldProblems(({ path, problem }) => told.push(`${path} ${problem}`))
  problems.tell('a', 'missing')
  problems.tell('a', 'missing')
  problems.tell('b', 'missing')
  problems.tell('a', 'locked')
  problems.isWell('a')
  problems.tell('a', 'locked')
  problems.tell('a', 'locked')
  expect(told).toEqual(['a missing', 'b missing', 'a locked', 'a locked'])
})
