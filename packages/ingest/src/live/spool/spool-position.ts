/** Where reading of a spool stands. JSON. */
export interface SpoolPosition {
  /** Number of the segment with the next record. */
  readonly segment: number
  /** Of the next record in it, in bytes. */
  readonly offset: number
  /** Number of the next record, should none before it be lost. */
  readonly sequence: number
}
