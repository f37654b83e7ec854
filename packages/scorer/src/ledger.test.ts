import { describe, expect, test } from '@jest/globals'
import type { Alert, AlertContent } from '@sekisho/event'
import { contentDigestOf, Ledger } from './ledger.ts'
import { runBatch } from './testing/run.ts'
import { at, HOSTING, refusals, TODAY, tenDaysOf } from './testing/story.ts'

/** The content of a real alert, to be changed at will. */
function contentOf(change: Partial<AlertContent> = {}): AlertContent {
  const attack = refusals(5, (i) => `guess${i}`, HOSTING, at(TODAY, '12:00'), 5)
  const [alert] = runBatch([...tenDaysOf('aoki'), ...attack])
  const {
    state: _s,
    revision: _r,
    materialRevision: _m,
    isMaterial: _i,
    isFresh: _f,
    reopened: _o,
    joinedEvents: _j,
    lateBeyondHorizon: _l,
    ...content
  } = alert as Alert
  return { ...content, ...change }
}

const EVENTS = () => 7

/** What a ledger says, as `state revision/material`. */
function listening(): { ledger: Ledger; said: Alert[]; words: () => string[] } {
  const said: Alert[] = []
  const ledger = new Ledger((alert) => said.push(alert))
  return {
    ledger,
    said,
    words: () => said.map((a) => `${a.state} ${a.revision}/${a.materialRevision}`),
  }
}

describe('the life of an alert', () => {
  test('new, the same again, final', () => {
    const { ledger, words } = listening()
    ledger.reconcile('scope', [contentOf()], EVENTS)
    ledger.reconcile('scope', [contentOf()], EVENTS)
    ledger.close('scope', [contentOf()], EVENTS)
    expect(words()).toEqual(['provisional 1/1', 'final 2/2'])
  })

  test('revised: only what matters is material', () => {
    const { ledger, words, said } = listening()
    ledger.reconcile('scope', [contentOf({ severity: 'medium' })], EVENTS)
    ledger.reconcile('scope', [contentOf({ severity: 'medium', score: 12 })], EVENTS)
    ledger.reconcile('scope', [contentOf({ severity: 'high', score: 12 })], EVENTS)
    ledger.reconcile('scope', [contentOf({ severity: 'medium', score: 12 })], EVENTS)
    ledger.reconcile(
      'scope',
      [contentOf({ severity: 'medium', score: 12, outcome: 'success' })],
      EVENTS,
    )
    expect(words()).toEqual([
      'provisional 1/1',
      'provisional 2/1',
      'provisional 3/2',
      'provisional 4/2',
      'provisional 5/3',
    ])
    expect(said.at(-1)).toMatchObject({ score: 12, severity: 'medium', outcome: 'success' })
  })

  test('retracted, silent while it stays so, and back again', () => {
    const { ledger, words } = listening()
    ledger.reconcile('scope', [contentOf()], EVENTS)
    ledger.reconcile('scope', [], EVENTS)
    ledger.reconcile('scope', [], EVENTS)
    ledger.reconcile('scope', [contentOf()], EVENTS)
    ledger.close('scope', [contentOf()], EVENTS)
    expect(words()).toEqual(['provisional 1/1', 'retracted 2/2', 'provisional 3/3', 'final 4/4'])
  })

  test('retracted for good', () => {
    const { ledger, words } = listening()
    ledger.reconcile('scope', [contentOf()], EVENTS)
    ledger.close('scope', [], EVENTS)
    expect(words()).toEqual(['provisional 1/1', 'retracted 2/2'])
  })

  test('found only at the end', () => {
    const { ledger, words } = listening()
    ledger.close('scope', [contentOf()], EVENTS)
    expect(words()).toEqual(['provisional 1/1', 'final 2/2'])
  })

  test('revised at the end', () => {
    const { ledger, words } = listening()
    ledger.reconcile('scope', [contentOf()], EVENTS)
    ledger.close('scope', [contentOf({ score: 20 })], EVENTS)
    expect(words()).toEqual(['provisional 1/1', 'provisional 2/1', 'final 3/2'])
  })

  test('of two alerts of a scope each has its own', () => {
    const { ledger, said } = listening()
    const other = contentOf({ id: 'f'.repeat(32) })
    ledger.reconcile('scope', [contentOf(), other], EVENTS)
    ledger.reconcile('scope', [other], EVENTS)
    ledger.close('scope', [other], EVENTS)
    expect(said.map(({ id, state }) => [id === other.id, state])).toEqual([
      [false, 'provisional'],
      [true, 'provisional'],
      [false, 'retracted'],
      [true, 'final'],
    ])
  })

  test('nothing to say, nothing kept', () => {
    const { ledger, words } = listening()
    ledger.reconcile('scope', [], EVENTS)
    expect(ledger.openScopes).toBe(0)
    ledger.reconcile('scope', [contentOf()], EVENTS)
    expect(ledger.openScopes).toBe(1)
    ledger.close('scope', [], EVENTS)
    expect(ledger.openScopes).toBe(0)
    ledger.close('scope', [], EVENTS)
    expect(words()).toEqual(['provisional 1/1', 'retracted 2/2'])
  })
})

describe('whom a word concerns', () => {
  const low = contentOf({ severity: 'medium' })
  const graver = contentOf({ severity: 'high' })

  test('new, unchanged in weight, graver, retracted, opened again, final', () => {
    const { ledger, said } = listening()
    const say = (contents: AlertContent[], events: number) =>
      ledger.reconcile('scope', contents, () => events)
    say([low], 3)
    say([{ ...low, endMs: low.endMs + 1 }], 4)
    say([graver], 5)
    say([low], 6)
    say([], 7)
    say([graver], 8)
    ledger.close('scope', [graver], () => 9)
    const words = said.map((a) => [a.state, a.isMaterial, a.isFresh, a.reopened, a.joinedEvents])
    expect(words).toEqual([
      ['provisional', true, true, 0, 3],
      ['provisional', false, false, 0, 4],
      ['provisional', true, true, 0, 5],
      ['provisional', false, false, 0, 6],
      ['retracted', true, false, 0, 7],
      ['provisional', true, true, 1, 8],
      ['final', true, false, 1, 9],
    ])
  })

  test('a first success is material, and no fresh alert', () => {
    const { ledger, said } = listening()
    ledger.reconcile('scope', [contentOf({ outcome: 'failure' })], EVENTS)
    ledger.reconcile('scope', [contentOf({ outcome: 'success' })], EVENTS)
    expect(said.map(({ isMaterial, isFresh }) => [isMaterial, isFresh])).toEqual([
      [true, true],
      [true, false],
    ])
  })
})

describe('the digest', () => {
  test('does not see where a line was read, nor where the alert stands', () => {
    const content = contentOf()
    const elsewhere = content.evidence.map((line) => ({
      ...line,
      line: { path: 'elsewhere', number: 9 },
    }))
    expect(contentDigestOf({ ...content, evidence: elsewhere })).toBe(contentDigestOf(content))
    const alert: Alert = {
      ...content,
      state: 'final',
      revision: 9,
      materialRevision: 9,
      isMaterial: false,
      isFresh: false,
      reopened: 3,
      joinedEvents: 9,
      lateBeyondHorizon: true,
    }
    expect(contentDigestOf(alert)).toBe(contentDigestOf(content))
  })

  test.each<Partial<AlertContent>>([
    { score: 1 },
    { severity: 'low' },
    { evidence: [] },
    { reason: '' },
    { endMs: 0 },
  ])('sees %j', (change) => {
    expect(contentDigestOf(contentOf(change))).not.toBe(contentDigestOf(contentOf()))
  })
})
