/** A block of memory that rows are written to. */
export interface Page {
  readonly bytes: Buffer
  readonly view: DataView
}

/** A page of its own memory, not cleared. */
export function pageOf(byteLength: number): Page {
  const bytes = Buffer.allocUnsafeSlow(byteLength)
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, byteLength) }
}

/** Where a row is. */
export interface RowPlace {
  readonly page: Page
  readonly row: number
}
