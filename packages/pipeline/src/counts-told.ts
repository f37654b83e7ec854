const KINDS = ['attempts', 'unchanged', 'late', 'capped'] as const

export type CountedKind = (typeof KINDS)[number]

/** Told of how many more there are of a kind. */
export type Counted = (kind: CountedKind, count: number) => void

type Totals = Readonly<Record<CountedKind, number>>

/** Tells of totals that grow what they have grown by. */
export class CountsTold {
  readonly #counted: Counted
  #totals: Totals = { attempts: 0, unchanged: 0, late: 0, capped: 0 }

  constructor(counted: Counted) {
    this.#counted = counted
  }

  /** Totals that a former life has told of. */
  begin(totals: Totals): void {
    this.#totals = totals
  }

  tell(totals: Totals): void {
    for (const kind of KINDS) {
      const more = totals[kind] - this.#totals[kind]
      if (more > 0) this.#counted(kind, more)
    }
    this.#totals = totals
  }
}
