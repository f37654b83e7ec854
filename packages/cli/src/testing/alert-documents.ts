import { readFileSync } from 'node:fs'

/** An alert as written, as far as the tests look into it. */
export interface AlertDocument {
  readonly '@timestamp': string
  readonly event: Record<string, unknown>
  readonly rule: { readonly id: string }
  readonly source?: { readonly ip?: string }
  readonly related: { readonly ip: readonly string[] }
  readonly sekisho: {
    readonly alert: {
      readonly id: string
      readonly entity: string
      readonly day: string
      readonly is_material: boolean
      readonly is_fresh: boolean
      readonly reopened: number
    }
    readonly severity: string
    readonly evidence: readonly Record<string, unknown>[]
    readonly [key: string]: unknown
  }
}

/** The documents of an alerts file, in its order. */
export function alertDocumentsOf(path: string): AlertDocument[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AlertDocument)
}

/** An alerts file without what names a delivery and not a fact (the run, where a copy was read, arrival counts). */
export function comparableAlertsOf(path: string): string {
  return alertDocumentsOf(path)
    .map((document) => {
      const { created: _created, ingested: _ingested, ...event } = document.event
      const {
        run: _run,
        revision: _r,
        material_revision: _m,
        late_beyond_horizon: _l,
        ...facts
      } = document.sekisho
      const { is_material: _i, is_fresh: _f, reopened: _o, ...alert } = facts.alert
      const evidence = facts.evidence.map(({ raw_ref: _ref, ...line }) => line)
      return JSON.stringify({ ...document, event, sekisho: { ...facts, alert, evidence } })
    })
    .join('\n')
}
