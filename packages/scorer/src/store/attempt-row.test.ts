import { describe, expect, test } from '@jest/globals'
import { DAY_MS, DEFAULT_CONFIG } from '@sekisho/detect'
import { type Attempt, type AttemptEvent, prefixOf } from '@sekisho/event'
import fc from 'fast-check'
import { FRANKFURT, lineAt, RELAY, TODAY, TOKYO } from '../testing/story.ts'
import { ATTEMPT_NAMES, AttemptRow, readAttempt, writeAttempt } from './attempt-row.ts'
import { type BytePage, newBytePage } from './byte-page.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { prefixKeyOf } from './prefix-key.ts'
import { Vocabulary } from './vocabulary.ts'

fc.configureGlobal({ seed: 20_261_122 })

const hostile = fc.oneof(
  fc.constantFrom(
    '',
    'aoki',
    'ＡＯＫＩ',
    '荒木',
    '👩‍⚕️',
    '\0',
    '"\\\n',
    "'; --",
    '\u202e',
    '\ufeff',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.toWellFormed()),
  fc.integer({ min: 45, max: 52 }).map((length) => 'n'.repeat(length)),
  fc.integer({ min: 125, max: 130 }).map((length) => 'n'.repeat(length)),
  fc.constantFrom('荒', 'x', '\u{10ffff}').map((text) => text.repeat(1000)),
)
const byte = fc.integer({ min: 0, max: 255 })
const addresses = fc.oneof(
  fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.')),
  fc.constantFrom('2001:db8::1', '::', '::1', '2001:db8:7:8:9:a:b:c', 'ffff:ffff:ffff:ffff::'),
)

const said: fc.Arbitrary<Partial<AttemptEvent>> = fc.record({
  attempt: fc.constantFrom(...ATTEMPT_NAMES),
  outcome: fc.constantFrom('unknown', 'success', 'failure'),
  decides: fc.constantFrom('no', 'unless', 'yes'),
  resolutionMs: fc.constantFrom(1, 1000),
  userRaw: hostile,
  userName: hostile,
  userKey: hostile,
  userDomain: hostile,
  realm: hostile,
  gateway: hostile,
  gatewaySerial: hostile,
  userAgent: hostile,
  sessionId: hostile,
  deviceId: hostile,
  vendor: fc.constantFrom('fortigate', 'pulse-secure'),
  durationS: fc.oneof(fc.constantFrom(-1, 0, 2 ** 32 - 1), fc.nat({ max: 200_000 })),
})

/** An attempt as the scorer keeps it: nothing of the event that no rule reads. */
function attemptOf(event: Partial<AttemptEvent>, address: string, msOfDay: number): Attempt {
  const from = { ...(msOfDay % 2 === 0 ? TOKYO : FRANKFURT), base: '' }
  const line = lineAt('', from, TODAY * DAY_MS + msOfDay, { ...event, sourceAddress: address })
  const { path } = { path: `log ${msOfDay % 3}` }
  return { ...line, prefix: prefixOf(address), line: { path, number: msOfDay * 1_000_000 } }
}

const attempts = fc
  .tuple(said, addresses, fc.nat({ max: DAY_MS - 1 }))
  .map(([event, address, msOfDay]) => attemptOf(event, address, msOfDay))

describe('an attempt as a row', () => {
  const vocabulary = new Vocabulary(DEFAULT_CONFIG)
  const writer = new ByteWriter()
  const reader = new ByteReader()
  const AT = 12

  /** The row somewhere in a page. */
  function pageOf(attempt: Attempt): BytePage {
    writer.start()
    writeAttempt(writer, attempt, vocabulary)
    const page = newBytePage(AT + 4 * Math.ceil(writer.length / 4))
    page.bytes.fill(0xff)
    page.bytes.set(writer.bytes.subarray(0, writer.length), AT)
    return page
  }

  test('is read again as it was, whatever its texts', () => {
    fc.assert(
      fc.property(attempts, (attempt) => {
        const page = pageOf(attempt)
        reader.start(page, AT)
        const read = readAttempt(reader, TODAY, attempt.event.userKey, vocabulary)
        expect(reader.at).toBe(AT + writer.length)
        const { event, ...rest } = read
        expect({ ...rest, event: { ...attempt.event, ...event } }).toEqual(attempt)
        expect(Object.keys(event)).toHaveLength(18)
      }),
    )
  })

  test('tells where it lies what the attempt says', () => {
    fc.assert(
      fc.property(attempts, (attempt) => {
        const page = pageOf(attempt)
        const { event } = attempt
        expect(ATTEMPT_NAMES[AttemptRow.attemptCode(page, AT)]).toBe(event.attempt)
        expect(AttemptRow.isNoLogin(page, AT)).toBe(event.decides === 'no')
        expect(AttemptRow.isFailure(page, AT)).toBe(event.outcome === 'failure')
        expect(AttemptRow.hasSession(page, AT)).toBe(event.sessionId !== '')
        expect(AttemptRow.hasDevice(page, AT)).toBe(event.deviceId !== '')
        expect(AttemptRow.msOfDay(page, AT)).toBe(event.timestampMs % DAY_MS)
        expect(AttemptRow.prefixKey(page, AT)).toBe(prefixKeyOf(event.sourceAddress))
        expect([AttemptRow.id(page, AT), AttemptRow.rawSha256(page, AT)]).toEqual([
          attempt.id,
          attempt.rawSha256,
        ])
        expect(vocabulary.places.value(AttemptRow.placeId(page, AT))).toEqual(attempt.place)
        expect(AttemptRow.isSameId(page, AT, writer.page, 0)).toBe(true)
        if (event.deviceId === '') return
        const isShort = [event.sessionId, event.deviceId].every(
          (text) => Buffer.byteLength(text) < 128,
        )
        expect(AttemptRow.deviceId(page, AT)).toBe(isShort ? event.deviceId : null)
      }),
    )
  })

  test('is told from a row of another id', () => {
    const one = pageOf(lineAt('aoki', TOKYO, TODAY * DAY_MS, {}))
    writer.start()
    writeAttempt(writer, lineAt('berg', RELAY, TODAY * DAY_MS, {}), vocabulary)
    expect(AttemptRow.isSameId(one, AT, writer.page, 0)).toBe(false)
  })
})
