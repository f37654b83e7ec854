/** What was recomputed of one alert document, and what disagrees. Paths are dotted: `sekisho.travel.gap_s`. */
export class Ledger {
  /** Numbers of the document that were recomputed or counted again. */
  numbers = 0
  /** Other facts that were compared: times, names, hashes, severities, order. */
  facts = 0
  /** Sentences, each with the path. */
  wrong = []
  #document
  #seen = new Set()

  constructor(document) {
    this.#document = document
  }

  /** The value at a path; undefined where there is none. */
  at(path) {
    return path.split('.').reduce((value, key) => value?.[key], this.#document)
  }

  /** Compares a number with what it should be; a number that is missing is wrong. */
  number(path, expected, tolerance = 0) {
    const stated = this.at(path)
    if (!this.#seen.has(path)) this.numbers++
    this.#seen.add(path)
    const isSame = typeof stated === 'number' && Math.abs(stated - expected) <= tolerance
    if (!isSame) this.wrong.push(`${path} is ${JSON.stringify(stated)}, recomputed ${expected}`)
  }

  /** Compares a text, a truth value or a list with what it should be. */
  fact(path, expected) {
    const stated = this.at(path)
    this.facts++
    if (JSON.stringify(stated) !== JSON.stringify(expected)) {
      this.wrong.push(
        `${path} is ${JSON.stringify(stated)}, recomputed ${JSON.stringify(expected)}`,
      )
    }
  }

  /** Something that must be true. */
  holds(isTrue, what) {
    this.facts++
    if (!isTrue) this.wrong.push(what)
  }

  /** Says that a number was used or bounded elsewhere, though not recomputed. */
  bounded(path, least, most) {
    const stated = this.at(path)
    const isWithin = typeof stated === 'number' && stated >= least && stated <= most
    this.holds(isWithin, `${path} is ${JSON.stringify(stated)}, not within ${least} and ${most}`)
  }

  /** Paths of the numbers of the document that nothing recomputed. */
  unseen() {
    return numberPathsOf(this.#document, '').filter((path) => !this.#seen.has(path))
  }
}

function numberPathsOf(value, path) {
  if (typeof value === 'number') return [path]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, each]) =>
    numberPathsOf(each, path === '' ? key : `${path}.${key}`),
  )
}
