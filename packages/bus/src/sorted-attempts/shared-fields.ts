import type { AuthEvent, LineRef } from '@sekisho/event'

/** What lines of one kind from one gateway have in common: chosen by formats and devices, not by clients. */
export type SharedFields = Pick<LineRef, 'path'> &
  Pick<
    AuthEvent,
    | 'vendor'
    | 'code'
    | 'action'
    | 'outcome'
    | 'attempt'
    | 'reason'
    | 'reasonRaw'
    | 'realm'
    | 'gateway'
    | 'gatewaySerial'
    | 'virtualSystem'
    | 'factor'
    | 'decides'
  >

/** The shared fields of an attempt as texts, in the order of `sharedFieldsOf`. */
export function textsOf(path: string, event: AuthEvent): string[] {
  return [
    path,
    event.vendor,
    event.code,
    event.action,
    event.outcome,
    event.attempt,
    event.reason,
    event.reasonRaw,
    event.realm,
    event.gateway,
    event.gatewaySerial,
    event.virtualSystem,
    event.factor,
    event.decides,
  ]
}

/** The shared fields that `textsOf` took apart. @param next gives the texts one by one */
export function sharedFieldsOf(next: () => string): SharedFields {
  return {
    path: next(),
    vendor: next() as AuthEvent['vendor'],
    code: next(),
    action: next() as AuthEvent['action'],
    outcome: next() as AuthEvent['outcome'],
    attempt: next() as AuthEvent['attempt'],
    reason: next() as AuthEvent['reason'],
    reasonRaw: next(),
    realm: next(),
    gateway: next(),
    gatewaySerial: next(),
    virtualSystem: next(),
    factor: next() as AuthEvent['factor'],
    decides: next() as AuthEvent['decides'],
  }
}

/** Whether an attempt has these shared fields. */
function isSharedBy(fields: SharedFields, path: string, event: AuthEvent): boolean {
  return (
    fields.code === event.code &&
    fields.gateway === event.gateway &&
    fields.reasonRaw === event.reasonRaw &&
    fields.realm === event.realm &&
    fields.action === event.action &&
    fields.outcome === event.outcome &&
    fields.attempt === event.attempt &&
    fields.reason === event.reason &&
    fields.decides === event.decides &&
    fields.factor === event.factor &&
    fields.vendor === event.vendor &&
    fields.virtualSystem === event.virtualSystem &&
    fields.gatewaySerial === event.gatewaySerial &&
    fields.path === path
  )
}

/** Number for shared fields that are not in the table. */
export const NOT_SHARED = 0xffff_ffff

/** Entries found without building a key; a power of two. */
const RECENT = 1024

/** What an entry costs beside its characters: two strings' heads, an object, places in a map and two arrays. */
const ENTRY_BYTES = 1024

/**
 * Numbers for shared fields, so that a row holds one number for fourteen texts. The table takes entries until its
 * memory is spent and none after that, whatever the lines hold; a row without a number spells the texts out.
 */
export class SharedFieldsTable {
  readonly #bytesMax: number
  readonly #entries: SharedFields[] = []
  readonly #numbers = new Map<string, number>()
  readonly #recent = new Int32Array(RECENT).fill(-1)
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  at(number: number): SharedFields {
    return this.#entries[number] as SharedFields
  }

  /** The number of an attempt's shared fields, given now if need be, or `NOT_SHARED`. */
  numberOf(path: string, event: AuthEvent): number {
    const place = placeOf(event)
    const recent = this.#recent[place] as number
    const fields = this.#entries[recent]
    if (fields !== undefined && isSharedBy(fields, path, event)) return recent
    const number = this.#numberOfTexts(textsOf(path, event))
    if (number !== NOT_SHARED) this.#recent[place] = number
    return number
  }

  #numberOfTexts(texts: readonly string[]): number {
    // With its lengths in front, a sequence of texts is told from every other.
    const key = texts.map((text) => `${text.length}:`).join('') + texts.join('')
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const bytes = ENTRY_BYTES + 4 * key.length
    if (this.#bytes + bytes > this.#bytesMax) return NOT_SHARED
    this.#bytes += bytes
    const number = this.#entries.length
    const copies = texts.map(ownCopyOf).values()
    this.#entries.push(sharedFieldsOf(() => copies.next().value as string))
    this.#numbers.set(ownCopyOf(key), number)
    return number
  }
}

/** A place among the recent entries, from what differs most between lines. */
function placeOf({ code, gateway, reasonRaw, realm }: AuthEvent): number {
  const mixed =
    ((markOf(code) * 31 + markOf(gateway)) * 31 + markOf(reasonRaw)) * 31 + markOf(realm)
  return mixed & (RECENT - 1)
}

function markOf(text: string): number {
  const length = text.length
  return length === 0 ? 0 : 16 * length + text.charCodeAt(length - 1)
}

/** A copy in memory of its own: a piece of a longer text would keep all of it (a raw line) in memory. */
function ownCopyOf(text: string): string {
  const copy = Buffer.from(text, 'latin1').toString('latin1')
  return copy === text ? copy : Buffer.from(text, 'utf16le').toString('utf16le')
}
