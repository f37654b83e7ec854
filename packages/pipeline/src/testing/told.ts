import { type AlertRun, ecsOfAlert, jsonText } from '@sekisho/alert-sink'
import type { Alert } from '@sekisho/event'
import { type AlertDocument, factsOf } from '../../../../tools/compare-alerts.mjs'

/** A document, as far as the checks look at it. */
export interface ToldDocument {
  readonly id: string
  readonly revision: number
  readonly state: string
  /** Everything that is a fact and does not name a delivery, as text. */
  readonly facts: string
}

/** Reads a document; what detection.md D.1 excludes from equality is not among the facts. */
export function toldOf(text: string): ToldDocument {
  const document = JSON.parse(text) as AlertDocument
  const { event, sekisho } = document
  const { revision, state } = sekisho
  return { id: event.id, revision, state, facts: factsOf(document) }
}

const RUN: AlertRun = { id: 'batch', mode: 'batch', createdMs: 0, emittedAtMs: 0, ingestedMs: 0 }

/** What a batch says, by id. */
export function expectedOf(alerts: readonly Alert[]): ReadonlyMap<string, ToldDocument> {
  return new Map(
    alerts.map((alert) => [alert.id, toldOf(jsonText(ecsOfAlert(alert, RUN)))] as const),
  )
}

/** Why what was told is not what it should be, one sentence each; [] when it is. */
export function problemsOf(
  told: readonly ToldDocument[],
  expected: ReadonlyMap<string, ToldDocument>,
): string[] {
  const problems: string[] = []
  const last = new Map<string, ToldDocument>()
  for (const word of told) {
    const before = last.get(word.id)
    if (before !== undefined && word.revision <= before.revision) {
      problems.push(`${word.id} was told as revision ${word.revision} after ${before.revision}`)
    }
    if (before?.state === 'final') problems.push(`${word.id} was final and was told of again`)
    last.set(word.id, word)
  }
  for (const { id, state, facts } of last.values()) {
    const batch = expected.get(id)
    if (state === 'provisional') problems.push(`${id} ends provisional`)
    else if (state === 'final' && batch === undefined) problems.push(`${id} is invented`)
    else if (state === 'final' && batch?.facts !== facts) problems.push(`${id} differs`)
  }
  for (const id of expected.keys()) {
    if (last.get(id)?.state !== 'final') problems.push(`${id} is lost`)
  }
  return problems
}
