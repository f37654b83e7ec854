import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { ATTACK } from './attack.ts'
import { CONSTANTS, type Constant, type ConstantUnit } from './constants.ts'
import { RULES, ruleOf } from './rules.ts'
import { spanTextOf } from './time.ts'

const PARTS = [
  'Finds',
  'How',
  'Defaults and why',
  'Severity',
  'False positives',
  'Cannot see',
  'Tune',
  'Example',
]

const UNITLESS: ReadonlySet<ConstantUnit> = new Set(['count', 'probability', 'risk', 'share'])

const pages = new URL('../../../docs/rules/', import.meta.url)
const pageOf = (name: string): string => readFileSync(new URL(`${name}.md`, pages), 'utf8')
const index = pageOf('README')

/** The row of a constant on a page: its path in sekisho.yaml, its value in the unit of the file, and why. */
function rowOf(path: string, { value, unit, why }: Constant): string {
  const number = String(Number(value.toPrecision(6)))
  const text = UNITLESS.has(unit) ? number : `${number} ${unit}`
  return `| \`${path}\` | ${unit === 'ms' ? `${text} (${spanTextOf(value)})` : text} | ${why} |`
}

const ROWS = new Map(
  Object.entries(CONSTANTS).flatMap(([group, constants]) =>
    Object.entries<Constant>(constants).map(([name, constant]) => {
      const path = `limits.${group}.${name}`
      return [path, rowOf(path, constant)] as const
    }),
  ),
)

/** The rows of constants on a page, each with the path that it begins with. */
function constantsOn(page: string): (readonly [string, string])[] {
  return [...page.matchAll(/^\| `(limits\.[^`]+)` \|.*$/gm)].map(([row, path = '']) => [path, row])
}

describe.each(RULES)('the page of $id', (rule) => {
  const page = pageOf(rule.id)

  test('has the title and the parts of every page, in their order', () => {
    expect(page.split('\n')[0]).toBe(`# ${rule.id}: ${rule.name}`)
    expect([...page.matchAll(/^#{2,} (.*)$/gm)].map(([, part]) => part)).toEqual(PARTS)
    for (const part of page.split(/^## .*$/m).slice(1)) expect(part.trim()).not.toBe('')
  })

  test('gives the constants as they are', () => {
    const rows = constantsOn(page)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows).toEqual(rows.map(([path]) => [path, ROWS.get(path)]))
  })

  test('says whatever the rule says of false positives', () => {
    const part = page.match(/^## False positives$(.*?)^## /ms)?.[1] ?? ''
    const bullets = part.match(/^- /gm) ?? []
    expect(bullets.length).toBeGreaterThanOrEqual(rule.falsePositives.length)
    expect(rule.falsePositives.length).toBeGreaterThan(0)
  })

  test('has its row in the index, with its techniques', () => {
    const row = index.match(new RegExp(`^\\| \\[${rule.id}\\]\\(${rule.id}\\.md\\) .*$`, 'm'))?.[0]
    const cells = row?.split('|').map((cell) => cell.trim())
    const techniques = rule.techniques.map(({ id, subtechnique }) => subtechnique?.id ?? id)
    expect(cells?.[2]).toBe(rule.name)
    expect(cells?.[5]).toBe(techniques.join(', '))
    expect(ruleOf(rule.id)).toBe(rule)
  })
})

test('every constant stands on a page, and the index gives those that it names as they are', () => {
  const rows = constantsOn(index)
  expect(rows).toEqual(rows.map(([path]) => [path, ROWS.get(path)]))
  const told = new Set(
    [...RULES.map(({ id }) => pageOf(id)), index].flatMap(constantsOn).map(([path]) => path),
  )
  expect([...ROWS.keys()].filter((path) => !told.has(path))).toEqual([])
})

test('the index says which edition of ATT&CK the ids are of', () => {
  expect(index).toContain(
    `${ATTACK.framework} for ${ATTACK.matrix}, version ${ATTACK.version}, of ${ATTACK.released}`,
  )
})
