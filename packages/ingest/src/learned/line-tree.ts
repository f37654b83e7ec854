import { type TokenKind, tokenEndOf } from './token-kinds.ts'

/** One part of a pattern: bytes that are always the same, a token, or a repetition of a token that came before. */
export type Step =
  | { readonly bytes: Uint8Array }
  | { readonly token: TokenKind }
  | { readonly same: number }

/** Most tokens of a line. */
export const TOKENS_MAX = 32

const NONE = 0
const TOKEN = 1
const SAME = 2

class Node<T> {
  /** Bytes that come first. */
  run: Uint8Array
  view: DataView
  /** What a line is that ends here. */
  leaf: T | null = null
  /** Nodes that go on with a certain byte; most have one or none. */
  readonly byByte = new Map<number, Node<T>>()
  onlyByte = -1
  only: Node<T> | null = null
  /** What else may come, and the node behind it. */
  what: typeof NONE | typeof TOKEN | typeof SAME = NONE
  detail = 0
  behind: Node<T> | null = null

  constructor(run: Uint8Array) {
    this.run = run
    this.view = viewOf(run)
  }

  /** The node that goes on with a byte. */
  nextFor(byte: number): Node<T> | undefined {
    if (byte === this.onlyByte) return this.only as Node<T>
    return this.byByte.size > 1 ? this.byByte.get(byte) : undefined
  }

  goOn(byte: number, node: Node<T>): void {
    this.byByte.set(byte, node)
    this.onlyByte = byte
    this.only = node
  }

  /** Cuts the run, so that the node ends behind its first bytes and what it had follows. */
  splitAt(length: number): void {
    const rest = new Node<T>(this.run.slice(length))
    rest.leaf = this.leaf
    for (const [byte, node] of this.byByte) rest.goOn(byte, node)
    rest.what = this.what
    rest.detail = this.detail
    rest.behind = this.behind
    this.leaf = null
    this.byByte.clear()
    this.what = NONE
    this.behind = null
    this.goOn(rest.run[0] as number, rest)
    this.run = this.run.slice(0, length)
    this.view = viewOf(this.run)
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

/**
 * Patterns of lines in one tree, so that a line is compared with all of them at once and each of its bytes is read
 * once: patterns that begin alike share what they begin with.
 */
export class LineTree<T> {
  /** Places of the tokens of the line that was followed last. */
  readonly starts = new Int32Array(TOKENS_MAX)
  readonly ends = new Int32Array(TOKENS_MAX)
  #root = new Node<T>(new Uint8Array(0))
  #leaves = 0
  #bytes: Buffer = Buffer.alloc(0)
  #view = viewOf(this.#bytes)

  get leaves(): number {
    return this.#leaves
  }

  clear(): void {
    this.#root = new Node<T>(new Uint8Array(0))
    this.#leaves = 0
  }

  /** Adds a pattern. @returns false when the tree has a different one at the same place */
  add(steps: readonly Step[], leaf: T): boolean {
    let node = this.#root
    for (const step of steps) {
      const next = 'bytes' in step ? withBytes(node, step.bytes) : withOther(node, step)
      if (next === null) return false
      node = next
    }
    if (node.leaf === null) this.#leaves++
    node.leaf = leaf
    return true
  }

  /** What the line is by the pattern that it follows, or null. The places of its tokens are then known. */
  follow(bytes: Buffer, start: number, end: number): T | null {
    if (this.#bytes !== bytes) {
      this.#bytes = bytes
      this.#view = viewOf(bytes)
    }
    let node = this.#root
    let at = start
    let tokens = 0
    // Where bytes were preferred to a token; one such place is enough for the patterns of logs.
    let other: Node<T> | null = null
    let otherAt = 0
    let otherTokens = 0
    for (;;) {
      const length = node.run.length
      let isEqual = at + length <= end && isRunAt(node.view, length, this.#view, at)
      if (isEqual) {
        at += length
        if (at === end && node.leaf !== null) return node.leaf
        const next = at < end ? node.nextFor(bytes[at] as number) : undefined
        if (next !== undefined) {
          if (node.what !== NONE) {
            other = node
            otherAt = at
            otherTokens = tokens
          }
          node = next
          continue
        }
        isEqual = node.what !== NONE
      }
      if (!isEqual) {
        if (other === null) return null
        node = other
        at = otherAt
        tokens = otherTokens
        other = null
      }
      const behind = node.behind as Node<T>
      if (node.what === TOKEN) {
        const tokenEnd = tokenEndOf(node.detail as TokenKind, bytes, at, end)
        if (tokenEnd < 0) return null
        this.starts[tokens] = at
        this.ends[tokens++] = tokenEnd
        at = tokenEnd
      } else {
        const first = this.starts[node.detail] as number
        const length = (this.ends[node.detail] as number) - first
        if (at + length > end) return null
        for (let i = 0; i < length; i++) if (bytes[at + i] !== bytes[first + i]) return null
        at += length
      }
      node = behind
    }
  }
}

function isRunAt(run: DataView, length: number, view: DataView, at: number): boolean {
  if (length < 4) {
    for (let i = 0; i < length; i++) if (run.getUint8(i) !== view.getUint8(at + i)) return false
    return true
  }
  const last = length - 4
  for (let i = 0; i < last; i += 4) {
    if (run.getInt32(i, true) !== view.getInt32(at + i, true)) return false
  }
  return run.getInt32(last, true) === view.getInt32(at + last, true)
}

/** The node behind some bytes, made where it is missing. */
function withBytes<T>(from: Node<T>, bytes: Uint8Array): Node<T> {
  let node = from
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at] as number
    const next = node.byByte.get(byte)
    if (next === undefined) {
      const made = new Node<T>(bytes.slice(at))
      node.goOn(byte, made)
      return made
    }
    let common = 0
    while (
      common < next.run.length &&
      at + common < bytes.length &&
      next.run[common] === bytes[at + common]
    )
      common++
    if (common < next.run.length) next.splitAt(common)
    node = next
    at += common
  }
  return node
}

function withOther<T>(
  node: Node<T>,
  step: { readonly token: TokenKind } | { readonly same: number },
): Node<T> | null {
  const what = 'token' in step ? TOKEN : SAME
  const detail = 'token' in step ? step.token : step.same
  if (node.behind === null) {
    node.what = what
    node.detail = detail
    node.behind = new Node<T>(new Uint8Array(0))
  }
  return node.what === what && node.detail === detail ? node.behind : null
}
