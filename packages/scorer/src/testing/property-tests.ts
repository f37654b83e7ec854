import { expect, jest, test } from '@jest/globals'
import type { Property } from './property-definition.ts'
import { seedOf } from './property-seed.ts'

/** A failing case is shrunk, which takes longer than all the cases that hold. */
const SHRINKING_MS = 600_000

function titleOf({ invariants, name, statement, cases }: Property): string {
  return `${invariants.join(' ')}, ${name}: ${statement} (${cases} cases)`
}

/** One test for each property: all of its cases hold, and every rule that it is about has spoken. */
export function testProperties(properties: readonly Property[]): void {
  jest.setTimeout(SHRINKING_MS)
  test.each(properties.map((property) => [titleOf(property), property] as const))(
    '%s',
    (_title, { name, cases, rules, check }) => {
      const { failure, counts, cases: held } = check({ cases, seed: seedOf(name) })
      expect(failure).toBe('')
      expect(held).toBe(cases)
      const silent = rules.filter((rule) => counts[rule] === undefined)
      expect({ counts, silent }).toEqual({ counts, silent: [] })
    },
  )
}
