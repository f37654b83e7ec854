import { hash } from 'node:crypto'
import { jsonText } from '@sekisho/alert-sink'
import { SortedAttempts, type SortedAttemptsOptions } from '@sekisho/bus'
import { type DetectConfig, loginCandidateOf } from '@sekisho/detect'
import { ecsOfEvent, eventIdOf, type LineRef, type Locator, type Place } from '@sekisho/event'
import { locatedAttempt } from '@sekisho/scorer'
import type { Io } from '../io.ts'
import { LoginLines } from '../logins/login-lines.ts'
import type { LineHandler } from '../reading/read-inputs.ts'
import { Turns } from '../turns.ts'
import { BitSet } from './bit-set.ts'
import { DocumentSpool } from './document-spool.ts'

/** Characters collected before they are handed to the output. */
const CHUNK_CHARACTERS = 65_536

/** What `--no-locate` knows of an address. */
const NO_PLACE: Place = {
  hasLocation: false,
  latitude: 0,
  longitude: 0,
  radiusKm: 0,
  country: '',
  city: '',
  asn: 0,
  asName: '',
  networkClass: 'unknown',
  why: '',
}

const NO_LOCATOR: Locator = { locate: () => NO_PLACE, version: '' }

export interface DocumentOptions {
  readonly config: DetectConfig
  /** Null leaves places out. */
  readonly locator: Locator | null
  /** Documents for ignored and rejected lines, too. */
  readonly isAll: boolean
}

/**
 * The documents of all lines, in the order of the lines. Which of several lines decides a login is known only when
 * all have been seen (files come in any order), so documents are set aside, and given out with the answer.
 */
export class WaitingDocuments {
  readonly #spool: DocumentSpool
  /** Lines that may decide a login; their `line.number` is the number of the document, from 0. */
  readonly #candidates: SortedAttempts
  readonly #loginGroupMs: number
  #count = 0

  /**
   * @param loginGroupMs lines this close together are one login, ms
   * @throws OutputError when no temporary file can be made
   */
  constructor(sorting: SortedAttemptsOptions, loginGroupMs: number) {
    this.#loginGroupMs = loginGroupMs
    this.#candidates = new SortedAttempts(sorting)
    this.#spool = new DocumentSpool(sorting.temporaryDirectory)
  }

  /** Makes a document of each line that it is handed. */
  handler({ config, locator, isAll }: DocumentOptions): LineHandler {
    const other = (kind: string, line: LineRef, facts: object): void => {
      if (isAll) this.#append({ sekisho: { line: { kind, ...line, ...facts } } }, false)
    }
    return {
      event: (event, line, raw) => {
        const id = eventIdOf(event)
        const isOpen = event.decides !== 'no'
        const rawSha256 = isOpen ? hash('sha256', raw, 'hex') : ''
        const unlocated = { id, event, line: { path: '', number: this.#count }, rawSha256 }
        const attempt = locatedAttempt(unlocated, locator ?? NO_LOCATOR, config)
        const { userKey } = attempt.event
        if (isOpen) this.#candidates.add({ ...unlocated, event: { ...event, userKey } })
        const place = locator === null ? {} : { place: attempt.place }
        this.#append(ecsOfEvent(event, { id, line, decidesLogin: isOpen, ...place }), isOpen)
      },
      ignored: (reason, line) => other('ignored', line, { reason }),
      rejected: (reason, detail, line) => other('rejected', line, { reason, detail }),
    }
  }

  /**
   * Writes all documents to standard output, each with its answer.
   * @throws whatever the signal was aborted with
   */
  async writeTo({ stdout, signal, nowMs }: Pick<Io, 'stdout' | 'signal' | 'nowMs'>): Promise<void> {
    const turns = new Turns({ signal, nowMs })
    const deciding = await this.#decidingDocuments(turns)
    let number = 0
    let chunk = ''
    for (const { text, isOpen } of this.#spool.documents()) {
      chunk += `${isOpen && !deciding.has(number) ? notDeciding(text) : text}\n`
      number++
      if (turns.isDue) await turns.take()
      if (chunk.length < CHUNK_CHARACTERS) continue
      await stdout.write(chunk)
      if (stdout.isClosed) return
      chunk = ''
    }
    await stdout.write(chunk)
  }

  /** Gives back memory and disk; safe to repeat. */
  close(): void {
    this.#candidates.close()
    this.#spool.close()
  }

  #append(document: object, isOpen: boolean): void {
    this.#spool.append({ text: jsonText(document), isOpen })
    this.#count++
  }

  async #decidingDocuments(turns: Turns): Promise<BitSet> {
    const deciding = new BitSet()
    const logins = new LoginLines(this.#loginGroupMs, (line, decides) => {
      if (decides) deciding.add(line.ordinal)
    })
    // Copies of a line that was archived twice do not come out of the sorting: one of them decides.
    for (const { id, event, line } of this.#candidates.drain()) {
      logins.add(event.userKey, { ...loginCandidateOf(id, event), ordinal: line.number })
      if (turns.isDue) await turns.take()
    }
    logins.finish()
    return deciding
  }
}

/** A document was written as if it decided its login; most that may, do. */
function notDeciding(text: string): string {
  const document = JSON.parse(text) as { sekisho: Record<string, unknown> }
  document.sekisho.decides_login = false
  return jsonText(document)
}
