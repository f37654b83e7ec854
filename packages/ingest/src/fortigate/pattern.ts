import type { LoggedEvent, Parsed } from '@sekisho/event'
import type { LineTemplate } from '../pairs/line-template.ts'
import type { PairFields } from '../pairs/pair-fields.ts'
import type { RawLine } from '../raw-line.ts'
import {
  assignedOf,
  clientOf,
  countOf,
  describeFortigateEvent,
  describeUser,
  gatewayOf,
  groupOf,
  isEnd,
  judgeFortigateEvent,
  judgeFortigatePerson,
  sessionOf,
} from './event.ts'
import { FIELD, HEAD_FIELDS, TIME_FIELDS } from './fields.ts'
import type { FortigateOutcome } from './outcomes.ts'
import { givenText } from './person.ts'

/** Fields of time, and those by which the pattern was chosen: they set nothing that a pattern holds. */
const SET_ANYWAY: ReadonlySet<number> = new Set([...TIME_FIELDS, ...HEAD_FIELDS])

/** Stands for what several fields decide together (`judgeFortigateEvent`). */
const JUDGED = -1

/** Stands for the person of an IKE line and what hangs on it (`judgeFortigatePerson`). */
const PERSON = -2

/**
 * The event of lines that follow the same templates. What hangs on their constant values was concluded once and
 * stays; a line sets only what hangs on those that change, mostly its user, address and session.
 */
export class FortigatePattern {
  /** The event of the last line, which the next one changes. */
  readonly event: LoggedEvent
  readonly parsed: Parsed
  readonly #row: FortigateOutcome
  readonly #head: LineTemplate | null
  readonly #headVersion: number
  readonly #rest: LineTemplate
  readonly #restVersion: number
  /**
   * What the values that change set: parts of the event by the slot that stands for them, `JUDGED` last, or null when
   * one of them can set anything.
   */
  readonly #parts: readonly number[] | null

  /**
   * @param event what the line of `fields` is
   * @param rest the template that its rest follows
   */
  constructor(event: LoggedEvent, row: FortigateOutcome, fields: PairFields, rest: LineTemplate) {
    const { head } = fields
    this.event = event
    this.parsed = { kind: 'event', event }
    this.#row = row
    this.#head = head
    this.#headVersion = head?.version ?? 0
    this.#rest = rest
    this.#restVersion = rest.version
    const isNamed = givenText(fields, FIELD.devname) !== ''
    this.#parts = partsOf([head, rest], event, row, isNamed)
  }

  /** True when the line of `fields` follows the same templates, and they still have the same constant values. */
  fits({ head, rest }: PairFields, row: FortigateOutcome): boolean {
    return (
      rest === this.#rest &&
      rest.version === this.#restVersion &&
      head === this.#head &&
      (head === null || head.version === this.#headVersion) &&
      row === this.#row
    )
  }

  /** Makes the event that of a line, but for its time. */
  moveTo(line: RawLine, fields: PairFields): void {
    const { event } = this
    if (this.#parts === null) {
      describeFortigateEvent(event, line, fields, this.#row)
      return
    }
    for (const part of this.#parts) {
      switch (part) {
        case FIELD.user:
          describeUser(event, fields)
          break
        case FIELD.remip:
          event.sourceAddress = clientOf(fields, this.#row)
          break
        case FIELD.tunnelid:
          event.sessionId = sessionOf(fields, this.#row)
          break
        case FIELD.tunnelip:
          event.assignedAddress = assignedOf(fields)
          break
        case FIELD.group:
          event.group = groupOf(fields)
          break
        case FIELD.duration:
          event.durationS = countOf(fields, FIELD.duration)
          break
        case FIELD.sentbyte:
          event.sentBytes = countOf(fields, FIELD.sentbyte)
          break
        case FIELD.rcvdbyte:
          event.receivedBytes = countOf(fields, FIELD.rcvdbyte)
          break
        case FIELD.devname:
          event.gateway = gatewayOf(line, fields)
          break
        case FIELD.vd:
          event.virtualSystem = givenText(fields, FIELD.vd)
          break
        case FIELD.devid:
          event.gatewaySerial = givenText(fields, FIELD.devid)
          break
        case PERSON:
          judgeFortigatePerson(event, fields, this.#row)
          break
        default:
          judgeFortigateEvent(event, fields, this.#row)
      }
    }
  }
}

function partsOf(
  templates: readonly (LineTemplate | null)[],
  event: LoggedEvent,
  row: FortigateOutcome,
  isNamed: boolean,
): number[] | null {
  const parts = new Set<number>()
  if (!isNamed) parts.add(FIELD.devname)
  for (const template of templates) {
    for (const index of template?.variables ?? []) {
      const slot = template?.slots[index] ?? -1
      if (slot < 0 || SET_ANYWAY.has(slot)) continue
      const set = partsSetBy(slot, row)
      if (set.length === 0) return null
      for (const part of set) parts.add(part)
    }
  }
  // What is judged sets the duration as well; a line that ends nothing has none.
  if (parts.has(JUDGED) || parts.has(PERSON) || !isEnd(event)) parts.delete(FIELD.duration)
  if (parts.has(JUDGED)) parts.delete(PERSON)
  return [...parts].sort((a, b) => b - a)
}

const CLIENT = [FIELD.remip]
const CLIENT_AND_JUDGED = [FIELD.remip, JUDGED]
const ASSIGNED = [FIELD.tunnelip]
const SESSION = [FIELD.tunnelid]
const GROUP = [FIELD.group]
const ONLY_JUDGED = [JUDGED]
const ONLY_PERSON = [PERSON]

/** The parts of an event that a field sets, none when that can be anything. */
function partsSetBy(slot: number, row: FortigateOutcome): readonly number[] {
  switch (slot) {
    case FIELD.remip:
    case FIELD.srcip:
    case FIELD.ui:
      // Of administrators the client's address says whether the login is a sign of compromise.
      return row.clientSlot === null ? CLIENT_AND_JUDGED : CLIENT
    case FIELD.dstip:
      return row.clientSlot === slot ? CLIENT : []
    case FIELD.tunnelip:
    case FIELD.assignip:
      return ASSIGNED
    case FIELD.tunnelid:
    case FIELD.cookies:
      return SESSION
    case FIELD.group:
    case FIELD.xauthgroup:
    case FIELD.eapauthgroup:
      return GROUP
    case FIELD.user:
      if (row.isIke) return ONLY_PERSON
      return row.isUserInMessage ? ONLY_JUDGED : [slot]
    case FIELD.devname:
    case FIELD.devid:
    case FIELD.vd:
    case FIELD.duration:
    case FIELD.sentbyte:
    case FIELD.rcvdbyte:
      return [slot]
    case FIELD.action:
    case FIELD.status:
    case FIELD.result:
    case FIELD.reason:
    case FIELD.msg:
      return ONLY_JUDGED
    case FIELD.xauthuser:
    case FIELD.eapuser:
    case FIELD.useralt:
    case FIELD.vpntunnel:
      return ONLY_PERSON
    default:
      return []
  }
}
