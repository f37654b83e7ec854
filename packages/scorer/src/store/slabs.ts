import { type BytePage, bytesOf, newBytePage } from './byte-page.ts'

const PAGE_BITS = 20
const PAGE_BYTES = 1 << PAGE_BITS
/** The first pages of a size class are smaller, for most classes have few pieces. */
const SMALL_PAGE_BYTES = 1 << 16
const SMALL_PAGES = 16
/** Room is given in steps of this many bytes, so that what is freed fits what comes. */
const STEP_BYTES = 16

/** A place in the slabs: page in the high 12 bits, offset in the low 20. */
export type SlabRef = number

/** Pieces of up to 64 KiB, allocated and freed: pages are divided into pieces of one size class. */
export class Slabs {
  /** Page 0 has no room, so that no place is 0. */
  readonly #pages: BytePage[] = [newBytePage(0)]
  /** Of each size class the pieces that are free, and where its newest page goes on. */
  readonly #free: SlabRef[][] = []
  readonly #next: SlabRef[] = []
  readonly #pagesOfClass: number[] = []

  /** Bytes of the pieces that are free. */
  freeBytes = 0

  get byteLength(): number {
    return bytesOf(this.#pages)
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

  allocate(bytesNeeded: number): SlabRef {
    const sizeClass = classOf(bytesNeeded)
    const bytes = sizeClass * STEP_BYTES
    const freed = this.#free[sizeClass]?.pop()
    if (freed !== undefined) {
      this.freeBytes -= bytes
      return freed
    }
    const next = this.#next[sizeClass] ?? 0
    if (next !== 0) {
      const isLast = this.at(next) + 2 * bytes > this.page(next).bytes.length
      this.#next[sizeClass] = isLast ? 0 : next + bytes
      return next
    }
    const pages = this.#pagesOfClass[sizeClass] ?? 0
    this.#pagesOfClass[sizeClass] = pages + 1
    const length = pages < SMALL_PAGES ? SMALL_PAGE_BYTES : PAGE_BYTES
    const page = this.#pages.push(newBytePage(length)) - 1
    const ref = (page << PAGE_BITS) >>> 0
    this.#next[sizeClass] = 2 * bytes <= length ? ref + bytes : 0
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
