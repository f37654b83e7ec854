import { type BytePage, newBytePage } from './byte-page.ts'

const PAGE_BITS = 16
const PAGE_BYTES = 1 << PAGE_BITS
/** Room is given in steps of this many bytes, so that what is freed fits what comes. */
const STEP_BYTES = 16

/** A place in the slabs: page in the high half, offset in the low half. */
export type SlabRef = number

/** Pieces of bytes of any size up to a page, allocated and freed: pages are divided into pieces of one size class. */
export class Slabs {
  /** Page 0 has no room, so that no place is 0. */
  readonly #pages: BytePage[] = [newBytePage(0)]
  /** Of each size class the pieces that are free, and where its newest page goes on. */
  readonly #free: SlabRef[][] = []
  readonly #next: SlabRef[] = []

  /** Bytes of the pieces that are free. */
  freeBytes = 0

  get byteLength(): number {
    return (this.#pages.length - 1) * PAGE_BYTES
  }

  page(ref: SlabRef): BytePage {
    return this.#pages[ref >>> PAGE_BITS] as BytePage
  }

  at(ref: SlabRef): number {
    return ref & (PAGE_BYTES - 1)
  }

  /** @returns whether pieces of both lengths are of one size class */
  isSameClass(a: number, b: number): boolean {
    return classOf(a) === classOf(b)
  }

  allocate(length: number): SlabRef {
    const sizeClass = classOf(length)
    const bytes = sizeClass * STEP_BYTES
    const freed = this.#free[sizeClass]?.pop()
    if (freed !== undefined) {
      this.freeBytes -= bytes
      return freed
    }
    const next = this.#next[sizeClass] ?? 0
    if (next !== 0) {
      this.#next[sizeClass] = this.at(next) + 2 * bytes <= PAGE_BYTES ? next + bytes : 0
      return next
    }
    const page = this.#pages.push(newBytePage(PAGE_BYTES)) - 1
    const ref = (page << PAGE_BITS) >>> 0
    this.#next[sizeClass] = 2 * bytes <= PAGE_BYTES ? ref + bytes : 0
    return ref
  }

  free(ref: SlabRef, length: number): void {
    const sizeClass = classOf(length)
    this.freeBytes += sizeClass * STEP_BYTES
    const free = this.#free[sizeClass]
    if (free === undefined) this.#free[sizeClass] = [ref]
    else free.push(ref)
  }
}

function classOf(length: number): number {
  return Math.ceil(length / STEP_BYTES)
}
