/** What the server made of one operation. */
export type Outcome =
  | { readonly kind: 'written' }
  /** Later, once it has room or is well again. */
  | { readonly kind: 'again'; readonly reason: string }
  /** Never: the document is refused for what it is. */
  | { readonly kind: 'refused'; readonly reason: string }

/** What a bulk response says of one operation, as far as it is looked at. */
export interface BulkItem {
  readonly status: number
  readonly error?: { readonly type?: string; readonly reason?: string }
}

const REASON_LENGTH_MAX = 500

const WRITTEN: Outcome = { kind: 'written' }

/** Of an item of a bulk response. A conflict means that it is there already, or that somebody who knows more has been there. */
export function outcomeOf({ status, error }: BulkItem): Outcome {
  if (status < 300 || status === 409) return WRITTEN
  const reason = reasonTextOf(status, error?.type, error?.reason)
  const isTemporary = status === 429 || status >= 500
  if (isTemporary || isAccess(status)) return { kind: 'again', reason }
  // A missing target and a closed index are the administrator's to mend, not the document's fault.
  if (status === 404 || error?.type === 'index_closed_exception') return { kind: 'again', reason }
  return { kind: 'refused', reason }
}

/** A key may be mended while we wait; nothing is lost meanwhile. */
export function isAccess(status: number): boolean {
  return status === 401 || status === 403
}

export function reasonTextOf(status: number, type = '', reason = ''): string {
  const remedy = isAccess(status)
    ? 'the key or user may not write there; mend it, and delivery goes on by itself: '
    : ''
  return `${remedy}${status} ${type}: ${reason}`.slice(0, REASON_LENGTH_MAX)
}
