import type { Alert, Attempt } from '@sekisho/event'

/** What terms of the score rest on, and can be taken out of a world. */
export type Cause = 'coordinates' | 'devices' | 'denials'

interface CauseOfTerms {
  /** Names of the terms that rest on it and on nothing else. */
  readonly terms: readonly string[]
  /** The attempt without it; null when the attempt itself is it. */
  readonly without: (attempt: Attempt) => Attempt | null
}

/** The causes of terms, each as the lines of a gateway that does not log it would leave the attempts. */
export const CAUSES: Readonly<Record<Cause, CauseOfTerms>> = {
  coordinates: {
    terms: ['impossible_travel', 'overlapping_presence', 'concurrent_sessions', 'same_device'],
    without: (attempt) => ({
      ...attempt,
      place: {
        ...attempt.place,
        ...{ hasLocation: false, latitude: 0, longitude: 0, radiusKm: 0, city: '' },
      },
    }),
  },
  devices: {
    terms: ['new_device', 'known_device', 'same_device'],
    without: (attempt) => ({ ...attempt, event: { ...attempt.event, deviceId: '' } }),
  },
  denials: {
    terms: ['factor_denied_before', 'denied_second_factors', 'login_after_denials'],
    without: (attempt) => (attempt.event.attempt === 'mfa_denied' ? null : attempt),
  },
}

/** Values of the terms of a document by their names. */
export type DocumentTerms = Readonly<Record<string, number>>

/** What the final documents of a run, signals too, say: by their ids. */
export type RunDocuments = Readonly<Record<string, DocumentTerms>>

export function documentsOf(alerts: readonly Alert[]): RunDocuments {
  return Object.fromEntries(
    alerts.map(({ id, terms }) => [
      id,
      Object.fromEntries(terms.map(({ name, value }) => [name, value])),
    ]),
  )
}

/** What a cause that is missing does to the documents. */
export interface CauseEffect {
  /** Terms that rest on the cause, with it and without it. */
  readonly before: number
  readonly after: number
  /** Documents that are in both runs. */
  readonly inBoth: number
  /**
   * Of them, those without a term of the cause that are not the same. One with such a term may well change: it is of
   * the day's worst login, which may be another one then.
   */
  readonly otherwiseChanged: number
  /** Documents of one of the runs only that have no term of the cause, and should be in the other. */
  readonly unexplained: number
}

export function causeEffectOf(
  cause: Cause,
  complete: RunDocuments,
  lacking: RunDocuments,
): CauseEffect {
  const terms = new Set(CAUSES[cause].terms)
  const countIn = (documents: RunDocuments): number =>
    Object.values(documents).reduce((sum, document) => sum + ownOf(document, terms).length, 0)
  const shared = Object.keys(complete).filter((id) => lacking[id] !== undefined)
  const changed = shared.filter((id) => {
    const [then, now] = [complete[id] ?? {}, lacking[id] ?? {}]
    return ownOf(then, terms).length === 0 && textOf(then) !== textOf(now)
  })
  const gone = Object.entries(complete).filter(
    ([id, document]) => lacking[id] === undefined && ownOf(document, terms).length === 0,
  )
  const appeared = Object.keys(lacking).filter((id) => complete[id] === undefined)
  return {
    before: countIn(complete),
    after: countIn(lacking),
    inBoth: shared.length,
    otherwiseChanged: changed.length,
    // A term that spoke for the login may have kept it below a signal: only `devices` has one.
    unexplained: gone.length + (terms.has('known_device') ? 0 : appeared.length),
  }
}

function ownOf(document: DocumentTerms, terms: ReadonlySet<string>): string[] {
  return Object.keys(document).filter((name) => terms.has(name))
}

/** The same for the same terms, in whatever order. */
function textOf(document: DocumentTerms): string {
  return JSON.stringify(Object.entries(document).sort(([a], [b]) => (a < b ? -1 : 1)))
}
