import type { LoggedEvent } from '@sekisho/event'
import { isKeyByte } from '../header/syslog-envelope.ts'
import type { RawLine } from '../raw-line.ts'

/** Why a value says nothing although it is there; `''` where nothing is against it. */
export type FieldNote = '' | 'unknown-name' | 'repeated' | 'null-word'

/** A value of a line and its place: the bytes from `start` to before `end`, without quotes. */
export interface LoggedField {
  /** As the line names it, else as the vendor does. */
  readonly name: string
  /** With escapes undone and UTF-8 decoded. */
  readonly value: string
  readonly start: number
  readonly end: number
  readonly note: FieldNote
}

/** What every line of a form has. */
export interface FormSign {
  readonly isIn: (line: RawLine) => boolean
  /** What is to be said of a line without it, a clause: `the body does not begin with id=firewall`. */
  readonly without: string
}

/** A form that a vendor writes lines in. */
export interface LineForm {
  readonly name: string
  /** In the order in which a reader of the line meets them; a line that has all of them is of this form. */
  readonly signs: readonly FormSign[]
  /** What else there is to say of the form of this line, `''` when there is nothing. */
  readonly detailOf: (line: RawLine) => string
  /** The values of a line of this form, in their order. */
  readonly fieldsOf: (line: RawLine) => LoggedField[]
}

/** What a vendor's adapter knows of lines that is needed only to explain one to a person. */
export interface VendorExplainer {
  readonly forms: readonly LineForm[]
  /** The lines that decide logins of the kind that an event is a part of, in the vendor's words; none if there are none. */
  readonly decidingLinesOf: (event: Readonly<LoggedEvent>) => readonly string[]
  /** The vendor's own reason why an event is no login, a clause, or `''` when the general one holds. */
  readonly notALoginOf: (event: Readonly<LoggedEvent>) => string
}

/** The form that a line is of, and the one that it is most nearly of beside that. */
export interface FormMatch {
  readonly form: LineForm | null
  /** null when no other form has a single sign in the line. */
  readonly runnerUp: { readonly form: LineForm; readonly against: string } | null
}

/** True for a body that begins with a name and `=`. */
export function beginsWithName({ bytes, body, end }: RawLine): boolean {
  let at = body
  while (at >= 0 && at < end && isKeyByte(bytes[at] as number)) at++
  return at > body && bytes[at] === EQUALS
}

const EQUALS = 61

/** Finds the form of a line, by how many of the signs of each it has before one is missing. */
export function formMatchOf(line: RawLine, forms: readonly LineForm[]): FormMatch {
  const ranked = forms
    .map((form) => ({ form, signs: signsIn(line, form) }))
    .sort((a, b) => shareOf(b.form, b.signs) - shareOf(a.form, a.signs) || b.signs - a.signs)
  const [best] = ranked
  const isWhole = best !== undefined && best.signs === best.form.signs.length
  const next = isWhole ? ranked[1] : best
  const against = next?.form.signs[next.signs]?.without
  return {
    form: isWhole ? best.form : null,
    runnerUp:
      next === undefined || next.signs === 0 || against === undefined
        ? null
        : { form: next.form, against },
  }
}

/** 1 for a form that the line is of. */
function shareOf({ signs }: LineForm, found: number): number {
  return found / signs.length
}

function signsIn(line: RawLine, { signs }: LineForm): number {
  const missing = signs.findIndex(({ isIn }) => !isIn(line))
  return missing < 0 ? signs.length : missing
}
