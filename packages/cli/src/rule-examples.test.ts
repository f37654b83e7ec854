import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { RULES } from '@sekisho/detect'
import type { AlertDocument } from './testing/alert-documents.ts'
import { ran } from './testing/fake-io.ts'
import { exampleLogOf } from './testing/rule-examples.ts'
import {
  exampleOn,
  RULE_PAGES,
  rewriteExample,
  rulesToldOn,
  shownExampleOf,
} from './testing/rule-page.ts'

const isRewriting = process.env.UPDATE_GOLDEN === '1'

/** The alerts that a replay makes of a log, in its order. */
async function alertsIn(log: string): Promise<AlertDocument[]> {
  const { code, stdout } = await ran(['replay', relative(process.cwd(), log), '--out', '-'])
  expect(code).toBe(0)
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** A page and the pages that it links to, without their examples. */
function proseAround(page: string): string {
  const linked = [...page.matchAll(/\]\(([A-Z]\d)\.md/g)].map(([, id]) => id)
  const pages = linked.map((id) => readFileSync(join(RULE_PAGES, `${id}.md`), 'utf8'))
  const index = readFileSync(join(RULE_PAGES, 'README.md'), 'utf8')
  return [page, ...pages, index].map((text) => text.replace(/```json[^`]*```/g, '')).join('\n')
}

/** Names of terms, of their quantities, of what was considered and of counts. */
function namesIn({ sekisho }: AlertDocument): string[] {
  const { score, counts } = sekisho as unknown as {
    score: {
      terms: { name: string; quantities: Record<string, number> }[]
      considered: { name: string }[]
    }
    counts: Record<string, number>
  }
  return [
    ...score.terms.flatMap(({ name, quantities }) => [name, ...Object.keys(quantities)]),
    ...score.considered.map(({ name }) => name),
    ...Object.keys(counts),
  ]
}

/** Literally, or as one of the names that are made of a class of N1's. */
function isToldIn(text: string, name: string): boolean {
  const ofClass = name.replace(/^\w+_(users|nats_per_user)$/, '<class>_$1')
  return new RegExp(`\\b${name}\\b`).test(text) || text.includes(`\`${ofClass}\``)
}

describe.each(RULES)('the example of $id (UPDATE_GOLDEN=1 rewrites)', ({ id }) => {
  const log = join(RULE_PAGES, 'examples', `${id}.log`)
  const path = join(RULE_PAGES, `${id}.md`)

  test('is a log that tells its story', () => {
    const story = exampleLogOf(id)
    if (isRewriting) writeFileSync(log, story)
    expect(readFileSync(log, 'utf8')).toBe(story)
    expect(story.split('\n').length).toBeLessThan(200)
  })

  test('makes the alerts that the page tells of, and the one that it shows', async () => {
    const page = readFileSync(path, 'utf8')
    expect(page).toContain(`\`npx sekisho replay docs/rules/examples/${id}.log\` finds `)
    const alerts = await alertsIn(log)
    expect(alerts.map(({ rule }) => rule.id).sort()).toEqual(rulesToldOn(page))
    const alert = alerts.find(({ rule }) => rule.id === id) as AlertDocument
    const shown = shownExampleOf(alert)
    if (isRewriting) rewriteExample(path, shown)
    expect(exampleOn(readFileSync(path, 'utf8'))).toBe(shown)
  })

  test('has no name in it that the page, or one that it points to, leaves unexplained', () => {
    const page = readFileSync(path, 'utf8')
    const told = proseAround(page)
    const names = namesIn(JSON.parse(exampleOn(page)))
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !isToldIn(told, name))).toEqual([])
  })
})
