import type { AttemptCodec } from './attempt-codec.ts'
import type { RowPlace } from './page.ts'
import type { SegmentReader } from './segment-reader.ts'

/** The rows of several sorted segments as one sorted sequence. Each place is valid until the next is asked for. */
export function* mergedRows(
  codec: AttemptCodec,
  segments: readonly SegmentReader[],
): Generator<RowPlace> {
  const heap: SegmentReader[] = []
  for (const segment of segments) {
    if (!segment.next()) continue
    heap.push(segment)
    siftUp(codec, heap)
  }
  for (let first = heap[0]; first !== undefined; first = heap[0]) {
    yield first
    if (!first.next()) {
      const last = heap.pop() as SegmentReader
      if (last === first) return
      heap[0] = last
    }
    siftDown(codec, heap)
  }
}

function isBefore(codec: AttemptCodec, a: SegmentReader, b: SegmentReader): boolean {
  if (a.timestampMs !== b.timestampMs) return a.timestampMs < b.timestampMs
  return codec.compare(a.page, a.row, b.page, b.row) < 0
}

/** Puts the last element of a heap, the least first, where it belongs. */
function siftUp(codec: AttemptCodec, heap: SegmentReader[]): void {
  let at = heap.length - 1
  const moved = heap[at] as SegmentReader
  while (at > 0) {
    const parentAt = (at - 1) >> 1
    const parent = heap[parentAt] as SegmentReader
    if (!isBefore(codec, moved, parent)) break
    heap[at] = parent
    at = parentAt
  }
  heap[at] = moved
}

/** Puts the first element of a heap where it belongs. */
function siftDown(codec: AttemptCodec, heap: SegmentReader[]): void {
  const moved = heap[0] as SegmentReader
  let at = 0
  for (;;) {
    let childAt = 2 * at + 1
    if (childAt >= heap.length) break
    const other = heap[childAt + 1]
    if (other !== undefined && isBefore(codec, other, heap[childAt] as SegmentReader)) childAt++
    const child = heap[childAt] as SegmentReader
    if (!isBefore(codec, child, moved)) break
    heap[at] = child
    at = childAt
  }
  heap[at] = moved
}
