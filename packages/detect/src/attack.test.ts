import { expect, test } from '@jest/globals'
import { ATTACK, type AttackTechnique, TACTICS, TECHNIQUES } from './attack.ts'
import { RULES } from './rules.ts'

const techniques: readonly AttackTechnique[] = Object.values(TECHNIQUES)

test('the edition is named with its date', () => {
  expect(ATTACK.version).toMatch(/^\d+(\.\d+)?$/)
  expect(ATTACK.released).toMatch(/^\d{4}-\d\d-\d\d$/)
})

test.each(techniques)(
  '$id has the form of an id, and its sub-technique is one of it',
  (technique) => {
    expect(technique.id).toMatch(/^T\d{4}$/)
    if (technique.subtechnique !== undefined)
      expect(technique.subtechnique.id).toMatch(new RegExp(`^${technique.id}\\.\\d{3}$`))
  },
)

test.each(RULES)('$id serves only tactics that one of its techniques stands under', (rule) => {
  const named = techniques.filter((technique) => rule.techniques.includes(technique))
  expect(named).toHaveLength(rule.techniques.length)
  const served = named.flatMap(({ tactics }) => tactics.map((name) => TACTICS[name].id))
  expect(rule.tactics.length).toBeGreaterThan(0)
  for (const { id } of rule.tactics) expect(served).toContain(id)
})

test('no technique stands in the table that no rule names', () => {
  const named = new Set(RULES.flatMap((rule) => rule.techniques))
  expect(techniques.filter((technique) => !named.has(technique))).toEqual([])
})
