import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { documentOf } from '../delivery/destination.ts'
import { materialIdOf } from '../delivery/material-id.ts'
import {
  type Operation,
  oneForEachPlace,
  operationsOf,
  sourceOf,
  whyNotAnAlert,
} from './operations.ts'
import { type AlertChange, documentWith } from './testing/documents.ts'

const STREAM = 'logs-sekisho.alert-test'
const SENT_MS = Date.UTC(2026, 10, 20, 9, 14)

const PROVISIONAL: AlertChange = { state: 'provisional', isMaterial: false }

function operationsWith(change: AlertChange = {}): Operation[] {
  return operationsOf(documentWith(change), STREAM)
}

function eventOf(operation: Operation): Record<string, unknown> {
  return JSON.parse(sourceOf(operation, SENT_MS)).event
}

describe('operationsOf', () => {
  test('a material word is written to both targets', () => {
    const document = documentWith({ state: 'provisional', joinedEvents: 7 })
    const actions = operationsOf(document, STREAM).map(({ action }) => JSON.parse(action))
    expect(actions).toEqual([
      {
        index: {
          _index: 'sekisho-alerts-default-2026.03',
          _id: document.body.sekisho.alert.id,
          version: 7,
          version_type: 'external_gte',
        },
      },
      { create: { _index: STREAM, _id: materialIdOf(document.body), require_data_stream: true } },
    ])
  })

  test('a word that is not material is written to the first only', () => {
    expect(operationsWith(PROVISIONAL)).toHaveLength(1)
  })

  test.each<[string, AlertChange, string]>([
    ['a fresh alert', { isFresh: true, severity: 'high' }, 'alert'],
    ['a word that is not fresh', { isFresh: false, severity: 'high' }, 'event'],
    ['a signal', { isFresh: true, severity: 'low' }, 'event'],
  ])('%s is of kind %s in the stream', (_, change, kind) => {
    const [lastWord, entry] = operationsWith(change) as [Operation, Operation]
    expect(eventOf(entry).kind).toBe(kind)
    expect(eventOf(lastWord).kind).toBe(change.severity === 'low' ? 'event' : 'alert')
  })

  test('a document is written as it is, but for the time of the request', () => {
    const document = documentWith()
    const [lastWord] = operationsOf(document, STREAM) as [Operation]
    expect(JSON.parse(sourceOf(lastWord, SENT_MS))).toEqual({
      ...document.body,
      event: { ...document.body.event, ingested: '2026-11-20T09:14:00.000Z' },
    })
  })

  test('the bytes are at least those that are sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (userName) => {
        for (const operation of operationsWith({ userName, isFresh: false })) {
          const sent = Buffer.byteLength(`${operation.action}\n${sourceOf(operation, SENT_MS)}\n`)
          expect(operation.bytes).toBeGreaterThanOrEqual(sent)
          expect(operation.bytes - sent).toBeLessThan(256)
        }
      }),
    )
  })
})

describe('oneForEachPlace', () => {
  /** Versions that are kept and stand by, of one alert whose words have these versions. */
  function kept(versions: readonly number[]) {
    const words = versions.flatMap((joinedEvents, riskScore) =>
      operationsWith({ ...PROVISIONAL, joinedEvents, riskScore }),
    )
    return oneForEachPlace(words).map(({ document, instead }) =>
      [document, ...instead.map((each) => each.document)].map(
        ({ body }) => `${body.sekisho.alert.version} said ${body.event.risk_score}`,
      ),
    )
  }

  test.each<[string, number[], string[]]>([
    ['a later word that knows more', [3, 4], ['4 said 1', '3 said 0']],
    ['a later word that knows as much', [3, 3, 3], ['3 said 2', '3 said 1', '3 said 0']],
    ['an earlier word that knows more', [5, 3, 4], ['5 said 0', '4 said 2', '3 said 1']],
  ])('%s is kept, the others stand by', (_, versions, expected) => {
    expect(kept(versions)).toEqual([expected])
  })

  test('of entries that are materially the same, the first is kept', () => {
    const words = [0, 1].flatMap((riskScore) => operationsWith({ riskScore }))
    const [, entry] = oneForEachPlace(words) as [Operation, Operation]
    expect(eventOf(entry).risk_score).toBe(0)
    expect(entry.instead.map((each) => eventOf(each).risk_score)).toEqual([1])
  })

  test('other alerts, months, tenants and material words are other places', () => {
    const words = [
      ...operationsWith({ id: 'a' }),
      ...operationsWith({ id: 'b' }),
      ...operationsWith({ id: 'a', day: '2026-04-01', state: 'provisional' }),
      ...operationsWith({ id: 'a', tenant: 'b', severity: 'critical' }),
    ]
    expect(oneForEachPlace(words)).toEqual(words)
  })
})

describe('whyNotAnAlert', () => {
  test('an alert is one', () => {
    expect(whyNotAnAlert(documentWith())).toBeNull()
  })

  const { body } = documentWith()
  const withAlert = (change: object) => ({
    ...body,
    sekisho: { ...body.sekisho, alert: { ...body.sekisho.alert, ...change } },
  })

  test.each<[string, unknown]>([
    ['no event', null],
    ['no event', 1],
    ['no event', []],
    ['no event', { ...body, event: null }],
    ['no organization.id', { ...body, organization: {} }],
    ['no sekisho.alert.id', { ...body, sekisho: null }],
    ['no sekisho.alert.id', withAlert({ id: '' })],
    ['401 characters', withAlert({ id: 'x'.repeat(401) })],
    ['no sekisho.alert.day', withAlert({ day: '2026-11-20/../x' })],
    ['no sekisho.alert.version', withAlert({ version: -1 })],
    ['no sekisho.alert.version', withAlert({ version: '7' })],
  ])('what has %s is none', (told, odd) => {
    expect(whyNotAnAlert(documentOf(JSON.stringify(odd)))).toContain(told)
  })

  test('whatever it is, it is told or it can be written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const document = documentOf(JSON.stringify(value))
        if (whyNotAnAlert(document) === null) operationsOf(document, STREAM)
      }),
    )
  })
})
