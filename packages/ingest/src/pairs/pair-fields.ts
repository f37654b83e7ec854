import { PAIRS_MAX } from '../limits.ts'
import { FieldValues } from './field-values.ts'
import { KeyNames } from './key-names.ts'
import { LineTemplate } from './line-template.ts'
import { type PairSyntax, ScannedPair } from './pair-syntax.ts'

/** Kinds of lines that have templates; a gateway writes some dozens. */
const KINDS_MAX = 128

/** Templates of one kind: those of other forms, of gateways of other releases, of lines with a pair more. */
const TEMPLATES_MAX = 8

/** Credit at most, and what it costs to learn a template, in lines that followed one. */
const CREDIT_MAX = 10_000
const CREDIT_OF_LEARNING = 10

/**
 * Reads the pairs of a line into numbered slots, in one pass over the bytes and without an object per pair. The first
 * of equal keys wins.
 *
 * Lines that are like one before are read by comparing them (`line-template.ts`), for speed alone.
 */
export class PairFields extends FieldValues {
  readonly #syntax: PairSyntax
  readonly #names: KeyNames
  readonly #slots: number
  readonly #headSlots: readonly [number, number]
  readonly #repeatable: ReadonlySet<number>
  readonly #headTemplates: LineTemplate[] = []
  readonly #restTemplates = new Map<number, LineTemplate[]>()
  readonly #pair = new ScannedPair()
  #view: DataView = new DataView(new ArrayBuffer(0))
  #next = 0
  #end = 0
  #pairs = 0
  /** Lines that follow a template pay for learning others, so that lines that are all different cost little more. */
  #credit = CREDIT_MAX

  /**
   * @param slots names (at most 255) and the slot of each; several names may share a slot.
   * @param headSlots the two slots that `readHead` looks for.
   * @param repeatable slots that good lines may have several values for.
   */
  constructor(
    syntax: PairSyntax,
    slots: Readonly<Record<string, number>>,
    headSlots: readonly [number, number],
    repeatable: ReadonlySet<number> = new Set(),
  ) {
    const count = Math.max(...Object.values(slots)) + 1
    super(count)
    this.#slots = count
    this.#syntax = syntax
    this.#names = new KeyNames(slots)
    this.#headSlots = headSlots
    this.#repeatable = repeatable
  }

  /** Reads from where the pairs of a line begin until both head slots are known, or to the end. */
  readHead(bytes: Buffer, start: number, end: number): void {
    this.#begin(bytes, start, end)
    for (let index = 0; index < this.#headTemplates.length; index++) {
      const template = this.#headTemplates[index] as LineTemplate
      if (!this.#follow(template, this.headOrigins, false)) continue
      this.head = template
      this.hasRepeats = template.hasRepeats
      prefer(this.#headTemplates, index)
      return
    }
    this.#learnHead()
  }

  /**
   * Reads on to the end of the line.
   *
   * @param kind a number that lines with the same keys share; it only helps the templates.
   */
  readRest(kind: number): void {
    const { head } = this
    const templates = this.#templatesOf(kind)
    if (head === null) this.#readOn(null)
    else if (!this.#followAny(templates, head)) this.#learnRest(templates)
  }

  /** Reads all pairs of a line. @param kind as for `readRest` */
  readAll(bytes: Buffer, start: number, end: number, kind: number): void {
    this.#begin(bytes, start, end)
    const templates = this.#templatesOf(kind)
    if (!this.#followAny(templates, null)) this.#learnRest(templates)
  }

  #templatesOf(kind: number): LineTemplate[] {
    const known = this.#restTemplates.get(kind)
    if (known !== undefined) return known
    if (this.#restTemplates.size >= KINDS_MAX) this.#restTemplates.clear()
    const templates: LineTemplate[] = []
    this.#restTemplates.set(kind, templates)
    return templates
  }

  #begin(bytes: Buffer, start: number, end: number): void {
    if (this.bytes !== bytes) {
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      this.bytes = bytes
    }
    this.#next = start
    this.#end = end
    this.#pairs = 0
    this.clear()
  }

  #followAny(templates: LineTemplate[], head: LineTemplate | null): boolean {
    for (let index = 0; index < templates.length; index++) {
      const template = templates[index] as LineTemplate
      if (head !== null && !template.isApartFrom(head)) continue
      if (!this.#follow(template, this.restOrigins, true)) continue
      this.rest = template
      if (this.#credit < CREDIT_MAX) this.#credit++
      if (template.hasRepeats) this.hasRepeats = true
      prefer(templates, index)
      return true
    }
    return false
  }

  /** Follows a template; when a value turns out to change, tries again with that value read. */
  #follow(template: LineTemplate, origins: Int32Array, isToEnd: boolean): boolean {
    for (;;) {
      const { version, variables } = template
      const followed = this.#compare(template, origins, isToEnd)
      if (followed < 0) return true
      for (let index = 0; index < followed; index++) {
        const slot = template.slots[variables[index] as number] as number
        if (slot >= 0) this.starts[slot] = -1
      }
      if (template.version === version) return false
    }
  }

  /**
   * Reads the line as a template has it.
   * @param origins filled with where the template's line would begin in this one, before and after each value read
   * @returns -1, or how many values were read before the line turned out to be another
   */
  #compare(template: LineTemplate, origins: Int32Array, isToEnd: boolean): number {
    const bytes = this.bytes
    const end = this.#end
    const view = this.#view
    const pair = this.#pair
    const { steps } = template
    const count = steps.length / 3
    const syntax = this.#syntax
    let at = this.#next
    let from = 0
    for (let index = 0, step = 0; index < count; index++, step += 3) {
      const mark = steps[step] as number
      if (!template.equals(from, mark, view, at, end)) return index
      origins[index] = at - from
      at += mark - from
      pair.valueMark = at
      syntax.readValue(bytes, end, pair)
      if (pair.isGuessed) return index
      this.#put(steps[step + 2] as number)
      at = pair.next
      from = steps[step + 1] as number
    }
    const { length } = template
    if (!template.equals(from, length, view, at, end)) return count
    origins[count] = at - from
    // Of a head, the bytes behind its last pair prove where that ends; they belong to the rest.
    const next = isToEnd ? at + length - from : at
    if (isToEnd && next !== end) return count
    this.#next = next
    this.#pairs += template.count
    return -1
  }

  /** Reads pair by pair until the head is known, and keeps that as a template. */
  #learnHead(): void {
    const [headA, headB] = this.#headSlots
    const template = this.#newTemplate()
    const origin = this.#next
    while (this.#pairs < PAIRS_MAX && this.#readPair()) {
      const slot = this.#slotOfPair()
      const isHeadSlot = slot === headA || slot === headB
      template?.add(this.#pair, origin, slot, isHeadSlot)
      this.#put(slot)
      if (!isHeadSlot || !this.has(headA) || !this.has(headB)) continue
      const { settled } = this.#pair
      if (template === null) return
      template.hasRepeats = this.hasRepeats
      if (settled > 0 && template.finish(this.bytes, origin, settled))
        keep(this.#headTemplates, template)
      return
    }
  }

  /** A template to learn a line by, null while too few lines followed those that were learnt. */
  #newTemplate(): LineTemplate | null {
    if (this.#credit < CREDIT_OF_LEARNING) return null
    this.#credit -= CREDIT_OF_LEARNING
    return new LineTemplate(this.#slots)
  }

  #learnRest(templates: LineTemplate[]): void {
    const template = this.#newTemplate()
    if (template === null) {
      this.#readOn(null)
      return
    }
    const origin = this.#next
    const hadRepeats = this.hasRepeats
    this.hasRepeats = false
    this.#readOn(template)
    template.hasRepeats = this.hasRepeats
    if (hadRepeats) this.hasRepeats = true
    if (template.finish(this.bytes, origin, this.#end)) keep(templates, template)
  }

  /** Reads pair by pair to the end. */
  #readOn(template: LineTemplate | null): void {
    const origin = this.#next
    const { head } = this
    while (this.#pairs < PAIRS_MAX && this.#readPair()) {
      const slot = this.#slotOfPair()
      template?.add(this.#pair, origin, slot, false)
      if (slot < 0 && template !== null && head !== null) this.#spoilIfHeadHas(template, head)
      this.#put(slot)
    }
    if (this.#pairs >= PAIRS_MAX) template?.spoil()
  }

  /** A pair whose key stood in the head already has no slot here, but may have one behind another head. */
  #spoilIfHeadHas(template: LineTemplate, head: LineTemplate): void {
    const { keyHash, keyStart, keyEnd } = this.#pair
    const slot = this.#names.slotOf(keyHash, this.bytes, keyStart, keyEnd)
    if (slot >= 0 && (head.indexes[slot] as number) >= 0) template.spoil()
  }

  #readPair(): boolean {
    const isPair = this.#syntax.readPair(this.bytes, this.#next, this.#end, this.#pair)
    if (!isPair) {
      this.#next = this.#end
      return false
    }
    this.#pairs++
    this.#next = this.#pair.next
    if (this.#pair.isGuessed) this.recovered = true
    return true
  }

  /** The slot of the pair that was read, -1 when it has none or an equal key came before. */
  #slotOfPair(): number {
    const { keyHash, keyStart, keyEnd } = this.#pair
    const slot = this.#names.slotOf(keyHash, this.bytes, keyStart, keyEnd)
    if (slot < 0 || !this.has(slot)) return slot
    if (!this.#repeatable.has(slot)) this.hasRepeats = true
    return -1
  }

  #put(slot: number): void {
    if (slot < 0) return
    const pair = this.#pair
    this.starts[slot] = pair.valueStart
    this.ends[slot] = pair.valueEnd
    this.styles[slot] = pair.style
  }
}

/** Moves the template at an index one forward, so that those that fit often come first. */
function prefer(templates: LineTemplate[], index: number): void {
  if (index === 0) return
  const template = templates[index] as LineTemplate
  templates[index] = templates[index - 1] as LineTemplate
  templates[index - 1] = template
}

function keep(templates: LineTemplate[], template: LineTemplate): void {
  if (templates.length === TEMPLATES_MAX) templates.pop()
  templates.push(template)
}
