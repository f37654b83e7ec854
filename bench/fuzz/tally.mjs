/** Counts what became of the inputs, by their kind. */
export class Tally {
  #kinds = new Map()

  add(kind, parsed) {
    const counts = this.#kinds.get(kind) ?? {
      inputs: 0,
      event: 0,
      success: 0,
      recovered: 0,
      ignored: 0,
      rejected: 0,
    }
    this.#kinds.set(kind, counts)
    counts.inputs++
    if (parsed === null) return
    counts[parsed.kind]++
    if (parsed.kind !== 'event') return
    if (parsed.event.recovered) counts.recovered++
    if (parsed.event.outcome === 'success') counts.success++
  }

  print() {
    const heads = ['inputs', 'events', 'successes', 'recovered', 'ignored', 'rejected']
    process.stdout.write(`${'kind'.padEnd(30)}${heads.map((head) => head.padStart(11)).join('')}\n`)
    for (const [kind, counts] of [...this.#kinds].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { inputs, event, success, recovered, ignored, rejected } = counts
      const cells = [inputs, event, success, recovered, ignored, rejected]
      process.stdout.write(
        `${kind.padEnd(30)}${cells.map((cell) => cell.toLocaleString('en').padStart(11)).join('')}\n`,
      )
    }
  }
}
