import { jsonText, type OutputFile } from '@sekisho/alert-sink'
import type { LineRef, RejectionReason } from '@sekisho/event'
import { PRODUCTS } from '../products.ts'
import { shownStart, shownText } from '../terminal/shown-text.ts'
import { oneOf } from '../words.ts'

/** Rejected lines shown to the user; the rest is in the file that `--rejected` names. */
const SHOWN_LINES = 5

/** Characters shown of a rejected line. */
const SHOWN_CHARACTERS = 160

/** Bytes kept of a rejected line in the file. */
const KEPT_BYTES = 4096

/** What to do about a rejection, a sentence; the detail of the rejection says what is wrong. */
export const REMEDY: Readonly<Record<RejectionReason, string>> = {
  'too-long': 'Is this a log file?',
  'unknown-format': `Is this a log of ${oneOf(PRODUCTS)}?`,
  'unsupported-form': 'Let the gateway or the relay write its default form.',
  'no-time': 'The gateway or a relay has left the time out.',
  // The detail names the option.
  'no-timezone': '',
  broken: 'It was damaged on its way here.',
}

/** Keeps what could not be read: the first few lines to show, all of them in a file if one was asked for. */
export class RejectedLines {
  readonly #file: OutputFile | null
  readonly #shown: string[] = []

  constructor(file: OutputFile | null) {
    this.#file = file
  }

  /** The first few, two lines of text each, safe for a terminal. */
  get shown(): readonly string[] {
    return this.#shown
  }

  /**
   * @param raw the line's bytes, or its first ones when it was too long
   * @param byteLength of the whole line
   */
  add(
    { path, number }: LineRef,
    reason: RejectionReason,
    detail: string,
    raw: Buffer,
    byteLength: number,
  ): void {
    if (this.#shown.length < SHOWN_LINES) {
      const start = shownStart(raw.toString('utf8', 0, 4 * SHOWN_CHARACTERS), SHOWN_CHARACTERS)
      const problem = `${reason}: ${shownStart(detail, 200)} ${REMEDY[reason]}`.trimEnd()
      this.#shown.push(`${shownText(path)}:${number}: ${problem}\n  ${start}`)
    }
    this.#file?.write(
      `${jsonText({
        path,
        number,
        reason,
        detail,
        length: byteLength,
        raw: raw.toString('utf8', 0, KEPT_BYTES),
      })}\n`,
    )
  }
}
