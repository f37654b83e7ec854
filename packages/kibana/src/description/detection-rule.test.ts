import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { RULES, TACTICS, TECHNIQUES } from '@sekisho/detect'
import { rule } from '../testing/rule.ts'
import { detectionRule } from './detection-rule.ts'

const RULE = rule.parse(detectionRule())

test('each severity comes with the number that alerts bring', () => {
  expect(
    RULE.severity_mapping.map(({ field, value, severity }) => [field, value, severity]),
  ).toEqual([
    ['event.severity', '21', 'low'],
    ['event.severity', '47', 'medium'],
    ['event.severity', '73', 'high'],
    ['event.severity', '99', 'critical'],
  ])
})

test('techniques stand under tactics of theirs, each once', () => {
  for (const { tactic, technique } of RULE.threat) {
    const name = Object.entries(TACTICS).find(([, { id }]) => id === tactic.id)?.[0]
    const ids = technique.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) {
      const known = Object.values(TECHNIQUES).find((each) => each.id === id)
      expect(known?.tactics).toContain(name)
    }
  }
  const tacticIds = RULE.threat.map(({ tactic }) => tactic.id)
  expect(tacticIds).toEqual(['TA0001', 'TA0006', 'TA0008'])
})

test('every sub-technique has the address of its page', () => {
  const sub = RULE.threat.flatMap(({ technique }) => technique.flatMap((each) => each.subtechnique))
  expect(sub.find(({ id }) => id === 'T1110.004')?.reference).toBe(
    'https://attack.mitre.org/techniques/T1110/004/',
  )
})

test('the run looks back over several intervals', () => {
  const minutes = (text: string) => Number(/(\d+)m$/.exec(text)?.[1])
  expect(minutes(RULE.from)).toBeGreaterThanOrEqual(2 * minutes(RULE.interval))
})

test('the guide names every rule, and saved objects by their titles', () => {
  for (const { id, name } of RULES) expect(RULE.note).toContain(`**${id}, ${name}**`)
  const objects = readFileSync(
    new URL('../../../../deploy/kibana/sekisho-objects.ndjson', import.meta.url),
    'utf8',
  )
  const titles = [...RULE.note.matchAll(/"(Sekisho: [^"]+)"/g)].map(([, title]) => title as string)
  expect(titles.length).toBe(2)
  for (const title of titles) expect(objects).toContain(`"title":"${title}"`)
})
