// What every input must hold, whatever it is.
import { performance } from 'node:perf_hooks'
import { LineParser } from '../../packages/ingest/dist/index.js'
import { TIMEZONE } from '../forms.mjs'

/** Longest CPU time that one input may take. */
const CPU_MS_MAX = 50

/** Every so manyeth input is read by a parser that has seen nothing before, too. */
const FRESH_EVERY = 50

const KINDS = new Set(['event', 'ignored', 'rejected'])

/** Own names of everything that a hostile key could change. */
const GUARDED = [Object.prototype, Array.prototype, String.prototype, Map.prototype, Object, Array]
const OWN_NAMES = GUARDED.map((each) => Reflect.ownKeys(each).length)

/** Names that hold of every object by now, `''` when there are none. */
export function pollution() {
  const names = []
  for (const name in {}) names.push(name)
  return names.join(', ')
}

/** The same for names that do not show in a loop. */
export function hiddenPollution() {
  return GUARDED.some((each, index) => Reflect.ownKeys(each).length !== OWN_NAMES[index])
}

/** Reads inputs with one parser and keeps the slowest. */
export class CheckedParser {
  #parser = new LineParser({ timezone: TIMEZONE })
  slowestMs = 0
  slowestIndex = -1
  freshCompared = 0

  /** @returns the reading, or null after an exception, and what is wrong */
  parse(bytes, index) {
    const before = performance.now()
    let parsed
    try {
      parsed = this.#parser.parse(bytes, 0, bytes.length)
    } catch (error) {
      return { parsed: null, mistake: `it throws ${error}` }
    }
    const wallMs = performance.now() - before
    let mistake = KINDS.has(parsed.kind) ? '' : `its kind is ${parsed.kind}`
    if (wallMs > this.slowestMs) mistake ||= this.#timed(bytes, index)
    const polluted = pollution()
    if (polluted !== '') mistake ||= `every object has ${polluted} now`
    if (index % FRESH_EVERY === 0) mistake ||= this.#comparedWithFresh(parsed, bytes)
    return { parsed, mistake }
  }

  /** Other programs and the collector of garbage disturb: the best of three runs counts, in CPU time. */
  #timed(bytes, index) {
    const runs = [0, 0, 0].map(() => {
      const before = process.cpuUsage()
      this.#parser.parse(bytes, 0, bytes.length)
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    })
    const cpuMs = Math.min(...runs)
    if (cpuMs <= this.slowestMs) return ''
    this.slowestMs = cpuMs
    this.slowestIndex = index
    return cpuMs > CPU_MS_MAX ? `it takes ${cpuMs.toFixed(1)} ms` : ''
  }

  #comparedWithFresh(parsed, bytes) {
    this.freshCompared++
    const fresh = new LineParser({ timezone: TIMEZONE }).parse(bytes, 0, bytes.length)
    const texts = [JSON.stringify(parsed), JSON.stringify(fresh)]
    return texts[0] === texts[1] ? '' : `a fresh parser reads ${texts[1]}, not ${texts[0]}`
  }
}
