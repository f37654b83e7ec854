import type { IgnoredKind, Parsed, RejectionReason, Vendor } from '@sekisho/event'
import type { VendorExplainer } from './explain/form.ts'
import type { RawLine } from './raw-line.ts'
import type { WallClock } from './time/wall-clock.ts'

/** What every adapter is made with. */
export interface ParseContext {
  /** Zone of lines that carry none, or null when the caller named none. */
  readonly clock: WallClock | null
}

/**
 * Reads the lines of one vendor. A new vendor is one file that makes an `Adapter`, and its entry in
 * `adapters.ts`.
 */
export interface Adapter {
  readonly vendor: Vendor
  /** What tells the vendor's lines apart, for people who ask; never used to read a line. */
  readonly explainer: VendorExplainer
  /**
   * The event of a line that is like one before, before anybody looked where its body begins: for speed alone.
   * @returns null when it is not; then `parse` is asked
   */
  quick?(line: RawLine): Parsed | null
  /** @returns null when the line is not in a format of this vendor; never throws. */
  parse(line: RawLine): Parsed | null
}

const IGNORED: ReadonlyMap<IgnoredKind, Parsed> = new Map(
  (
    [
      'blank',
      'comment',
      'traffic',
      'security-profile',
      'system',
      'event-other',
      'policy-trace',
      'other-product',
    ] as const
  ).map((ignored) => [ignored, Object.freeze({ kind: 'ignored', ignored })]),
)

/** The shared result for an ignored line: archives are mostly such lines, so none is allocated for them. */
export function ignoredAs(kind: IgnoredKind): Parsed {
  return IGNORED.get(kind) as Parsed
}

export function rejectedAs(reason: RejectionReason, detail: string): Parsed {
  return { kind: 'rejected', reason, detail }
}

/** The rejection of a line whose time lacks a zone; it names the remedy. */
export function rejectedForZone(product: string): Parsed {
  return rejectedAs(
    'no-timezone',
    `The time of this ${product} line has no zone; name the gateway's zone with --timezone.`,
  )
}
