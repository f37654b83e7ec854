import { describe, expect, test } from '@jest/globals'
import type { AlertBody } from './destination.ts'
import { materialDigestOf, materialIdOf } from './material-id.ts'

interface Facts {
  state: string
  severity: string
  outcome: string | undefined
  reopened: number | undefined
}

const FACTS: Facts = { state: 'provisional', severity: 'high', outcome: 'success', reopened: 0 }

function bodyWith(change: Partial<Facts> = {}, more: object = {}): AlertBody {
  const { state, severity, outcome, reopened } = { ...FACTS, ...change }
  return {
    event: { kind: 'alert', outcome },
    sekisho: { alert: { id: 'abc', reopened, ...more }, state, severity },
  } as unknown as AlertBody
}

describe('materialIdOf', () => {
  test('is the id of the alert and 64 bits in hexadecimal, the same in every release', () => {
    expect(materialIdOf(bodyWith())).toBe('abc-4484ca676ff9a081')
  })

  test.each<[string, Partial<Facts>]>([
    ['state', { state: 'retracted' }],
    ['last word', { state: 'final' }],
    ['severity', { severity: 'critical' }],
    ['outcome', { outcome: 'failure' }],
    ['no outcome', { outcome: undefined }],
    ['opened again', { reopened: 1 }],
    ['opened twice', { reopened: 2 }],
  ])('another %s is another word', (_, change) => {
    expect(materialDigestOf(bodyWith(change))).not.toBe(materialDigestOf(bodyWith()))
  })

  test.each<[string, object]>([
    ['version', { version: 7 }],
    ['is_fresh', { is_fresh: false }],
    ['is_material', { is_material: true }],
  ])('another %s is the same word', (_, more) => {
    expect(materialIdOf(bodyWith({}, more))).toBe(materialIdOf(bodyWith()))
  })

  test('a document that never counted openings was not opened again', () => {
    expect(materialDigestOf(bodyWith({ reopened: undefined }))).toBe(materialDigestOf(bodyWith()))
  })

  test('a last word is the same however often the alert was opened again', () => {
    const last = { state: 'final' }
    expect(materialDigestOf(bodyWith({ ...last, reopened: 3 }))).toBe(
      materialDigestOf(bodyWith(last)),
    )
  })
})
