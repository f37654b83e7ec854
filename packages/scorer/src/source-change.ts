import type { AnnotatedAttempt, VouchedLogin } from '@sekisho/detect'

/**
 * Something that stage N must learn of one line, or unlearn: what stage U says to it, in one process or over a topic. A later
 * word on the same line replaces the earlier one.
 */
export type SourceChange =
  | {
      readonly kind: 'attempt'
      /** Number of the source network (`prefixKeyOf`). */
      readonly prefix: number
      readonly annotated: AnnotatedAttempt
    }
  | { readonly kind: 'login'; readonly prefix: number; readonly login: VouchedLogin }
  | {
      readonly kind: 'attempt-withdrawn'
      readonly prefix: number
      readonly timestampMs: number
      readonly id: string
    }
  | { readonly kind: 'login-withdrawn'; readonly prefix: number; readonly login: VouchedLogin }

/** The time of the line that a change is about, epoch ms. */
export function timestampMsOf(change: SourceChange): number {
  switch (change.kind) {
    case 'attempt':
      return change.annotated.attempt.event.timestampMs
    case 'attempt-withdrawn':
      return change.timestampMs
    default:
      return change.login.timestampMs
  }
}
