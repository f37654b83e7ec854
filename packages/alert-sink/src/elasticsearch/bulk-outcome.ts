/** What the server made of one operation. */
export type Outcome =
  | { readonly kind: 'written' }
  /** Later, once it is well again, or has room: perhaps it has for less. */
  | { readonly kind: 'again'; readonly reason: string; readonly isFull: boolean }
  /** Never: the document is refused for what it is. */
  | { readonly kind: 'refused'; readonly reason: string }

/** What Elasticsearch says of what it did not do. */
export interface ServerError {
  readonly type?: string
  readonly reason?: string
}

/** What a bulk response says of one operation, as far as it is looked at. */
export interface BulkItem {
  readonly status: number
  readonly error?: ServerError
}

const REASON_LENGTH_MAX = 500

const WRITTEN: Outcome = { kind: 'written' }

/** Answers 400 and 409 that are the administrator's to mend: a limit of shards, a target that is an alias or a stream. */
const TARGET_FAULT =
  /this action would add \[\d+\] shards|no write index is defined|allowed in data streams|resource_already_exists/

/** What came of operation number `at`. An item that the response does not have, or that says nothing, is not known to be written. */
export function outcomeAt(items: readonly unknown[], at: number): Outcome {
  const item = Object.values((items[at] ?? {}) as object)[0] as BulkItem | null | undefined
  return typeof item?.status === 'number'
    ? outcomeOf(item)
    : { kind: 'again', reason: 'the response does not speak of every document', isFull: false }
}

/** Of an item of a bulk response. A conflict of versions means that it is there already, or that somebody who knows more has been there. */
export function outcomeOf({ status, error }: BulkItem): Outcome {
  const type = error?.type ?? ''
  if (status < 300 || (status === 409 && type === 'version_conflict_engine_exception')) {
    return WRITTEN
  }
  const reason = reasonTextOf(status, error)
  const isTemporary = status === 429 || status >= 500
  // A missing target and a closed index are the administrator's to mend, not the document's fault.
  const isTarget = status === 404 || status === 409 || type === 'index_closed_exception'
  const isAgain =
    isTemporary || isTarget || isAccess(status) || TARGET_FAULT.test(error?.reason ?? '')
  return isAgain ? { kind: 'again', reason, isFull: status === 429 } : { kind: 'refused', reason }
}

/** A key may be mended while we wait; nothing is lost meanwhile. */
function isAccess(status: number): boolean {
  return status === 401 || status === 403
}

/** What an answer says, for the log, and what to do about it. */
export function reasonTextOf(status: number, { type = '', reason = '' }: ServerError = {}): string {
  const name = type === '' ? `${status}` : `${status} ${type}`
  const text = reason === '' ? name : `${name}: ${reason}`
  return `${remedyFor(status, type)}${text}`.slice(0, REASON_LENGTH_MAX)
}

/** A block of an index is a 403, too, and no matter of keys. */
function remedyFor(status: number, type: string): string {
  if (isAccess(status) && type !== 'cluster_block_exception') {
    return 'the key or user may not write there; mend it, and delivery goes on by itself: '
  }
  return type === 'index_not_found_exception'
    ? 'a target is missing; `sekisho setup elasticsearch` makes it: '
    : ''
}
