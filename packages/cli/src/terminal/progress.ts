import type { TextOutput } from '../io.ts'
import { bytesText, numberText } from '../words.ts'

export type ProgressMode = 'auto' | 'always' | 'never'

/** Often enough to be read on a terminal, seldom enough for a log. */
const TERMINAL_INTERVAL_MS = 200
const LOG_INTERVAL_MS = 5_000

/** Rates are of the last seconds, so that a slow start is forgotten. */
const RATE_WINDOW_MS = 5_000

/**
 * One line on standard error that says how far reading is: bytes of the files as they are on disk, lines a second,
 * and the time left. On a terminal it is overwritten; elsewhere (`always`) a line is added now and then.
 */
export class Progress {
  readonly #output: TextOutput
  readonly #isOn: boolean
  readonly #nowMs: () => number
  readonly #totalBytes: number | null
  #doneBytes = 0
  readonly #startMs: number
  #lastShownMs: number
  #samples: { readonly ms: number; readonly bytes: number; readonly lines: number }[]
  #isLineShown = false

  /** @param totalBytes size of all inputs, null when one has no size (a pipe) */
  constructor(
    output: TextOutput,
    mode: ProgressMode,
    nowMs: () => number,
    totalBytes: number | null,
  ) {
    this.#output = output
    this.#isOn = mode === 'always' || (mode === 'auto' && output.isTerminal)
    this.#nowMs = nowMs
    this.#totalBytes = totalBytes
    this.#startMs = nowMs()
    this.#lastShownMs = this.#startMs
    this.#samples = [{ ms: this.#lastShownMs, bytes: 0, lines: 0 }]
  }

  /** @param sourceBytes read of the source at hand; @param lines read of all sources */
  read(sourceBytes: number, lines: number): void {
    if (!this.#isOn || !this.#isDue()) return
    const bytes = this.#doneBytes + sourceBytes
    this.#show(this.#readingText(bytes, lines))
  }

  sourceDone(bytes: number): void {
    this.#doneBytes += bytes
  }

  /** What comes after reading, `Scoring 120,000 attempts`; shown as often as reading is. */
  step(text: string): void {
    if (this.#isOn && this.#isDue()) this.#show(text)
  }

  /** All inputs were read. Where no line is overwritten, one says how it went. */
  readingDone(lines: number): void {
    if (!this.#isOn || this.#output.isTerminal) return
    const seconds = Math.max(0.001, (this.#nowMs() - this.#startMs) / 1000)
    const rate = `${numberText(Math.round(lines / seconds))} lines/s`
    this.#show(`Read ${bytesText(this.#doneBytes)}, ${numberText(lines)} lines, ${rate}`)
  }

  /** Takes the line away, so that what follows begins on an empty one. */
  clear(): void {
    if (this.#isLineShown) this.#write('\r\u001b[K')
    this.#isLineShown = false
  }

  #write(text: string): void {
    // Progress that nobody can see is no reason to stop.
    this.#output.write(text).catch(() => {})
  }

  #isDue(): boolean {
    const nowMs = this.#nowMs()
    const interval = this.#output.isTerminal ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS
    if (nowMs - this.#lastShownMs < interval) return false
    this.#lastShownMs = nowMs
    return true
  }

  #readingText(bytes: number, lines: number): string {
    const first = this.#sampled(bytes, lines)
    const seconds = Math.max(0.001, (this.#lastShownMs - first.ms) / 1000)
    const rate = `${numberText(Math.round((lines - first.lines) / seconds))} lines/s`
    if (this.#totalBytes === null) return `Reading ${bytesText(bytes)}, ${rate}`
    const share = this.#totalBytes === 0 ? 1 : Math.min(1, bytes / this.#totalBytes)
    const bytesPerSecond = (bytes - first.bytes) / seconds
    const left =
      bytesPerSecond > 0 ? `, ${clockText((this.#totalBytes - bytes) / bytesPerSecond)} left` : ''
    return `Reading ${bytesText(bytes)} of ${bytesText(this.#totalBytes)} (${Math.floor(share * 100)} %), ${rate}${left}`
  }

  /** The oldest sample inside the window of rates. */
  #sampled(bytes: number, lines: number): { ms: number; bytes: number; lines: number } {
    const nowMs = this.#lastShownMs
    const oldest = this.#samples.find(({ ms }) => nowMs - ms <= RATE_WINDOW_MS)
    const last = this.#samples.at(-1)
    this.#samples = this.#samples.filter(({ ms }) => nowMs - ms <= RATE_WINDOW_MS)
    this.#samples.push({ ms: nowMs, bytes, lines })
    return oldest ?? last ?? { ms: nowMs, bytes, lines }
  }

  #show(text: string): void {
    if (!this.#output.isTerminal) {
      this.#write(`${text}\n`)
      return
    }
    // A line that wraps could not be overwritten.
    this.#write(`\r\u001b[K${text.slice(0, this.#output.columns - 1)}`)
    this.#isLineShown = true
  }
}

/** `1:23:45`, `0:42`. */
function clockText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}
