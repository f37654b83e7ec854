import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { RULES, ruleOf } from './rules.ts'

const pages = new URL('../../../docs/rules/', import.meta.url)
const index = readFileSync(new URL('README.md', pages), 'utf8')

test.each(RULES)('$id has its page, its row and what a reader is owed', (rule) => {
  const page = readFileSync(new URL(`${rule.id}.md`, pages), 'utf8')
  expect(page.split('\n')[0]).toBe(`# ${rule.id}: ${rule.name}`)
  for (const part of ['**Finds**', '**Severity', '**False positives', '**Cannot see**']) {
    expect([part, page.includes(part)]).toEqual([part, true])
  }
  expect(index).toContain(`| [${rule.id}](${rule.id}.md) | ${rule.name} |`)
  for (const { id, subtechnique } of rule.techniques)
    expect(index).toContain(subtechnique?.id ?? id)
  expect(rule.falsePositives.length).toBeGreaterThan(0)
  expect(ruleOf(rule.id)).toBe(rule)
})
