import { didYouMean } from './nearest.ts'
import { UsageError } from './usage-error.ts'
import { oneOf } from './words.ts'

/** The text of an option and where it was given, for the sentence when it is wrong. */
interface Given {
  readonly text: string
  readonly origin: string
}

const MEBIBYTE = 1024 ** 2

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: MEBIBYTE, g: 1024 ** 3 }

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/

/** What the user asked for: flags first, then the environment (`SEKISHO_FAIL_ON` for `--fail-on`). */
export class OptionValues {
  readonly #flags: Readonly<Record<string, unknown>>
  readonly #environment: Readonly<Record<string, string | undefined>>

  constructor(
    flags: Readonly<Record<string, unknown>>,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.#flags = flags
    this.#environment = environment
  }

  /** @returns null when the option was not given. @throws UsageError when it was given without a value or twice */
  text(name: string): string | null {
    return this.#given(name)?.text ?? null
  }

  /** Where an option was given: `--name` or the environment variable. Null when it was not. */
  originOf(name: string): string | null {
    return this.#given(name)?.origin ?? null
  }

  /** An option that may be given several times; empty when it was not given. @throws UsageError without a value */
  texts(name: string): string[] {
    const flag = this.#flags[name]
    if (!Array.isArray(flag)) return [this.text(name)].filter((text) => text !== null)
    if (flag.every((text) => typeof text === 'string' && text !== '')) return flag
    throw new UsageError(`--${name} needs a value`)
  }

  /** A switch. */
  isOn(name: string, byDefault: boolean): boolean {
    const flag = this.#flags[name]
    if (typeof flag === 'boolean') return flag
    const given = this.#given(name)
    if (given === null) return byDefault
    if (['true', '1', 'yes'].includes(given.text)) return true
    if (['false', '0', 'no'].includes(given.text)) return false
    throw wrong(given, 'must be true or false')
  }

  /** One of a few words. */
  choice<Word extends string>(name: string, words: readonly Word[]): Word | null {
    const given = this.#given(name)
    if (given === null) return null
    const word = words.find((candidate) => candidate === given.text)
    if (word !== undefined) return word
    throw wrong(given, `must be ${oneOf(words)}`, didYouMean(given.text, words))
  }

  /** A number of bytes: `268435456`, `256M`, `1.5GiB`. */
  bytes(name: string, min: number): number | null {
    const given = this.#given(name)
    if (given === null) return null
    const parts = /^(\d{1,15}(?:\.\d{1,3})?) ?([kmg]?)(?:i?b)?$/i.exec(given.text)
    const unit = UNITS[(parts?.[2] ?? '').toLowerCase()]
    if (parts === null || unit === undefined) {
      throw wrong(given, 'must be a number of bytes such as 256M or 2G')
    }
    const bytes = Math.floor(Number(parts[1]) * unit)
    if (bytes < min) throw wrong(given, `must be at least ${Math.ceil(min / MEBIBYTE)}M`)
    return bytes
  }

  /** An instant as ISO 8601; a date is its midnight, and what has no zone is UTC. Epoch milliseconds. */
  instantMs(name: string): number | null {
    const given = this.#given(name)
    if (given === null) return null
    const parts = INSTANT.exec(given.text)
    const isZoned = parts?.[2] !== undefined || !given.text.includes('T')
    // What has no zone would otherwise be read in the zone of this machine.
    const instantMs = parts === null ? Number.NaN : Date.parse(given.text + (isZoned ? '' : 'Z'))
    if (Number.isNaN(instantMs) || !isDay(parts?.[1] ?? '')) {
      throw wrong(given, 'must be a time such as 2026-03-10 or 2026-03-10T04:00:00+09:00')
    }
    return instantMs
  }

  /** The sentence for a value that is wrong for a reason that only its user knows. */
  wrong(name: string, problem: string): UsageError {
    const given = this.#given(name)
    return new UsageError(`${given?.origin ?? `--${name}`} ${problem}`)
  }

  #given(name: string): Given | null {
    const flag = this.#flags[name]
    const origin = `--${name}`
    if (Array.isArray(flag)) throw new UsageError(`${origin} was given more than once`)
    // `--out` without a value is empty text, `--no-out` is false.
    if (flag === '' || typeof flag === 'boolean') throw new UsageError(`${origin} needs a value`)
    if (typeof flag === 'string') return { text: flag, origin }
    const variable = variableOf(name)
    const text = this.#environment[variable]
    return text === undefined || text === '' ? null : { text, origin: variable }
  }
}

/** False for 30 February, which `Date.parse` takes for the 2nd of March. */
function isDay(text: string): boolean {
  const midnightMs = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(midnightMs) && new Date(midnightMs).toISOString().startsWith(text)
}

/** `SEKISHO_FAIL_ON` for `fail-on`. */
export function variableOf(name: string): string {
  return `SEKISHO_${name.toUpperCase().replaceAll('-', '_')}`
}

function wrong({ text, origin }: Given, problem: string, suffix = ''): UsageError {
  return new UsageError(`${origin} ${problem}, not ${JSON.stringify(text)}${suffix}`)
}
