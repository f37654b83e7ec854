import type { SpoolLine } from '../spool/record.ts'

/** Where received messages go; a `Spool` is one. */
export interface SyslogSink {
  /** Nothing should be received now. */
  readonly isFull: boolean
  append(line: SpoolLine): void
  /** Calls back whenever there is room again; the result stops that. */
  whenRoom(callback: () => void): () => void
}
