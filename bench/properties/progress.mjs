/** Milliseconds between two lines of progress. */
const LINE_EVERY_MS = 10_000

/** What came of each property so far. */
export class Progress {
  #startMs = performance.now()
  #lineMs = performance.now()
  #rows
  #total
  #done = 0
  failures = 0

  constructor(properties, tasks) {
    this.#total = tasks.reduce((sum, { cases }) => sum + cases, 0)
    this.#rows = new Map(
      properties.map((property) => [
        property.name,
        { ...property, held: 0, failures: 0, cpuS: 0, alerts: 0 },
      ]),
    )
    process.stdout.write(`${this.#total} cases of ${properties.length} properties\n`)
  }

  failuresOf(name) {
    return this.#rows.get(name).failures
  }

  add(name, cases, result, cpuS) {
    const row = this.#rows.get(name)
    row.held += result.cases
    row.cpuS += cpuS
    for (const count of Object.values(result.counts)) row.alerts += count
    this.#done += cases
    if (result.failure !== '') {
      row.failures++
      this.failures++
      process.stdout.write(`\n${result.failure}\n\n`)
    }
    const nowMs = performance.now()
    if (nowMs - this.#lineMs < LINE_EVERY_MS) return
    this.#lineMs = nowMs
    const leftS = ((nowMs - this.#startMs) / 1000) * (this.#total / this.#done - 1)
    process.stdout.write(
      `${this.#done} of ${this.#total} cases, ${this.failures} failures, ${timeText(leftS)} to go\n`,
    )
  }

  print() {
    let held = 0
    let cpuS = 0
    for (const row of this.#rows.values()) {
      held += row.held
      cpuS += row.cpuS
      process.stdout.write(
        `${row.name.padEnd(28)} ${row.invariants.join(' ').padEnd(15)} ${String(row.held).padStart(8)} held, ` +
          `${row.failures} differences, ${row.alerts} alerts compared, ${row.cpuS.toFixed(0)} CPU s\n`,
      )
    }
    const elapsedS = (performance.now() - this.#startMs) / 1000
    process.stdout.write(
      `${held} cases held, ${this.failures} differences, ${timeText(elapsedS)}, ${cpuS.toFixed(0)} CPU s\n`,
    )
  }
}

function timeText(seconds) {
  if (seconds < 90) return `${seconds.toFixed(0)} s`
  if (seconds < 5400) return `${(seconds / 60).toFixed(0)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}
