import { hash } from 'node:crypto'
import { type Alert, type AlertContent, SEVERITY_SCORE } from '@sekisho/event'

/** What was last said of an alert. */
interface Entry {
  readonly digest: string
  readonly alert: Alert
}

/** Open scopes, each with its entries. */
export type SavedLedger = readonly (readonly [scope: string, entries: readonly Entry[]])[]

/** Digest of an alert's content: everything but where a copy of a line was read. */
export function contentDigestOf(content: AlertContent): string {
  const {
    state: _s,
    revision: _r,
    materialRevision: _m,
    isMaterial: _i,
    isFresh: _f,
    reopened: _o,
    joinedEvents: _j,
    lateBeyondHorizon: _l,
    ...rest
  } = content as Alert
  const evidence = rest.evidence.map(({ line: _line, ...facts }) => facts)
  return hash('sha256', JSON.stringify({ ...rest, evidence }), 'hex')
}

/**
 * Remembers what was emitted of each scope (one key's one day) and says only what is new: revisions when the
 * content changes, a retraction when an alert is no longer true, `final` when its day is closed (C.5).
 */
export class Ledger {
  readonly #scopes = new Map<string, Map<string, Entry>>()
  readonly #emit: (alert: Alert) => void
  /** Scopes that changed since `takeChanges`; null where nobody takes them. */
  readonly #changed: Set<string> | null

  /** @param isLogged somebody takes the changes, which are kept until then */
  constructor(emit: (alert: Alert) => void, isLogged = false) {
    this.#emit = emit
    this.#changed = isLogged ? new Set() : null
  }

  get openScopes(): number {
    return this.#scopes.size
  }

  /**
   * States what is true of a scope now.
   * @param eventsOf counts the distinct events that are known of the scope; asked only where there is something to say
   */
  reconcile(scope: string, contents: readonly AlertContent[], eventsOf: () => number): void {
    const before = this.#scopes.get(scope)
    if (before === undefined && contents.length === 0) return
    const joinedEvents = eventsOf()
    const after = new Map<string, Entry>()
    for (const content of contents) {
      const entry = this.#revise(before?.get(content.id), content, joinedEvents)
      after.set(content.id, entry)
    }
    for (const [id, entry] of before ?? []) {
      if (after.has(id)) continue
      if (entry.alert.state === 'retracted') after.set(id, entry)
      else {
        const alert = next(entry.alert, { state: 'retracted', joinedEvents, ...MATERIAL })
        after.set(id, this.#say({ ...entry, alert }))
      }
    }
    this.#scopes.set(scope, after)
    this.#changed?.add(scope)
  }

  /** States what is true of a scope for good, and forgets it. */
  close(scope: string, contents: readonly AlertContent[], eventsOf: () => number): void {
    this.reconcile(scope, contents, eventsOf)
    const entries = this.#scopes.get(scope)
    const joinedEvents = entries === undefined ? 0 : eventsOf()
    for (const { alert } of entries?.values() ?? []) {
      if (alert.state === 'retracted') continue
      this.#emit(next(alert, { state: 'final', joinedEvents, ...MATERIAL }))
    }
    if (this.#scopes.delete(scope)) this.#changed?.add(scope)
  }

  /** What is open, for a snapshot. */
  save(): SavedLedger {
    return [...this.#scopes].map(([scope, entries]) => [scope, [...entries.values()]])
  }

  /** Scopes that changed since the last call, as they are now; closed ones have no entries. */
  takeChanges(): SavedLedger {
    const changed = [...(this.#changed ?? [])]
    this.#changed?.clear()
    return changed.map((scope) => [scope, [...(this.#scopes.get(scope)?.values() ?? [])]])
  }

  /** Takes over what `save` or `takeChanges` gave out. */
  restore(saved: SavedLedger): void {
    for (const [scope, entries] of saved) {
      if (entries.length === 0) this.#scopes.delete(scope)
      else this.#scopes.set(scope, new Map(entries.map((entry) => [entry.alert.id, entry])))
    }
  }

  #revise(before: Entry | undefined, content: AlertContent, joinedEvents: number): Entry {
    const digest = contentDigestOf(content)
    if (before === undefined) {
      return this.#say({ digest, alert: { ...content, ...FIRST_WORD, joinedEvents } })
    }
    const wasRetracted = before.alert.state === 'retracted'
    if (digest === before.digest && !wasRetracted) return before
    const isGraver = SEVERITY_SCORE[content.severity] > SEVERITY_SCORE[before.alert.severity]
    const isFirstSuccess = content.outcome === 'success' && before.alert.outcome !== 'success'
    const alert = next(
      { ...before.alert, ...content },
      {
        state: 'provisional',
        isMaterial: wasRetracted || isGraver || isFirstSuccess,
        isFresh: wasRetracted || isGraver,
        reopened: before.alert.reopened + (wasRetracted ? 1 : 0),
        joinedEvents,
      },
    )
    return this.#say({ digest, alert })
  }

  #say(entry: Entry): Entry {
    this.#emit(entry.alert)
    return entry
  }
}

const FIRST_WORD = {
  state: 'provisional',
  revision: 1,
  materialRevision: 1,
  isMaterial: true,
  isFresh: true,
  reopened: 0,
  lateBeyondHorizon: false,
} as const

/** A retraction and the last word: whoever forwards alerts must pass it on, but nobody need look again. */
const MATERIAL = { isMaterial: true, isFresh: false } as const

type Change = Pick<Alert, 'state' | 'isMaterial' | 'isFresh' | 'joinedEvents'> &
  Partial<Pick<Alert, 'reopened'>>

function next(alert: Alert, change: Change): Alert {
  return {
    ...alert,
    ...change,
    revision: alert.revision + 1,
    materialRevision: alert.materialRevision + (change.isMaterial ? 1 : 0),
  }
}
