import { describe, expect, test } from '@jest/globals'
import type { AuthEvent } from '@sekisho/event'
import fc from 'fast-check'
import { AttemptCodec, rowBytesMax } from './attempt-codec.ts'
import { pageOf } from './page.ts'
import { idHeadOf, rowBytesOf } from './row-layout.ts'
import type { SortableAttempt } from './sortable-attempt.ts'
import { attemptOf } from './test-support.ts'

/** Any text, lone surrogates included; mostly short, sometimes from a handful so that texts repeat. */
const anyText = fc.oneof(
  fc.constantFrom('', 'a', 'alice', 'Äbte', '日本', 'x'.repeat(300)),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 5 })
    .map((units) => String.fromCharCode(...units)),
)

/** Every field of an event, so that a field added without being written to rows fails the round trip. */
const anyField: { readonly [K in keyof AuthEvent]: fc.Arbitrary<AuthEvent[K]> } = {
  timestampMs: fc.maxSafeInteger(),
  resolutionMs: fc.constantFrom(1, 1000),
  subMillisecondNs: fc.nat(999_999),
  vendor: fc.constantFrom('fortigate', 'pulse-secure'),
  code: anyText,
  action: fc.constantFrom('vpn.login', 'vpn.session.start', 'admin.login', 'other'),
  outcome: fc.constantFrom('success', 'failure', 'unknown'),
  attempt: fc.constantFrom('success', 'bad_credential', 'session_end', 'none'),
  reason: fc.constantFrom('', 'denied', 'user_unknown', 'second_factor'),
  reasonRaw: anyText,
  userRaw: anyText,
  userName: anyText,
  userDomain: anyText,
  userKey: anyText,
  realm: anyText,
  sourceAddress: anyText,
  assignedAddress: anyText,
  gateway: anyText,
  gatewaySerial: anyText,
  virtualSystem: anyText,
  sessionId: anyText,
  factor: fc.constantFrom('', 'password', 'otp', 'saml'),
  userAgent: anyText,
  deviceId: anyText,
  decides: fc.constantFrom('no', 'unless', 'yes'),
  durationS: fc.oneof(fc.constant(-1), fc.double({ noNaN: true })),
  recovered: fc.boolean(),
}

/** Any attempt that the types allow. */
const anyAttempt: fc.Arbitrary<SortableAttempt> = fc.record({
  id: anyText,
  event: fc.record(anyField),
  line: fc.record({ path: anyText, number: fc.maxSafeInteger() }),
  rawSha256: anyText,
})

/** The plainest form of the order. */
function compareNaively(a: SortableAttempt, b: SortableAttempt): number {
  const keysOf = ({ id, event, line, rawSha256 }: SortableAttempt) =>
    [event.timestampMs, id, rawSha256, line.path, line.number] as const
  const [keysA, keysB] = [keysOf(a), keysOf(b)]
  const at = keysA.findIndex((key, i) => key !== keysB[i])
  return at < 0 ? 0 : (keysA[at] as string) < (keysB[at] as string) ? -1 : 1
}

/** Memory for the shared fields of many attempts, of a few, of none. */
const TABLE_BYTES = [1_000_000, 5000, 0]

describe.each(TABLE_BYTES)('with %d bytes for shared fields', (tableBytes) => {
  test('every field of every attempt comes back', () => {
    fc.assert(
      fc.property(fc.array(anyAttempt, { minLength: 1, maxLength: 10 }), (attempts) => {
        const codec = new AttemptCodec(tableBytes)
        const rows = attempts.map((attempt) => {
          // Not a byte more than was asked for, so that too small an estimate fails.
          const page = pageOf(3 + rowBytesMax(attempt))
          expect(codec.write(page, 3, attempt)).toBe(rowBytesOf(page, 3))
          return page
        })
        expect(rows.map((page) => codec.read(page, 3))).toEqual(attempts)
      }),
      { seed: 1 },
    )
  })

  test('rows compare as attempts do', () => {
    const fewTexts = fc.constantFrom(
      '',
      'a',
      'ab',
      'abcd',
      'abcde',
      'ÿ',
      'ÿa',
      'Ā',
      'Āz',
      'āa',
      '\ud800',
      '\uffff',
    )
    const similar = fc
      .tuple(
        fc.integer({ min: 0, max: 1 }),
        fewTexts,
        fewTexts,
        fewTexts,
        fc.integer({ min: 1, max: 2 }),
        fewTexts,
      )
      .map(([timestampMs, id, rawSha256, path, number, userRaw]) =>
        attemptOf(timestampMs, id, { rawSha256, path, number, userRaw }),
      )
    fc.assert(
      fc.property(similar, similar, (a, b) => {
        const codec = new AttemptCodec(tableBytes)
        const [pageA, pageB] = [pageOf(rowBytesMax(a)), pageOf(rowBytesMax(b))]
        codec.write(pageA, 0, a)
        codec.write(pageB, 0, b)
        expect(Math.sign(codec.compare(pageA, 0, pageB, 0))).toBe(compareNaively(a, b))
        const byHead = Math.sign(idHeadOf(pageA, 0) - idHeadOf(pageB, 0))
        const byId = a.id === b.id ? 0 : a.id < b.id ? -1 : 1
        expect([0, byId]).toContain(byHead)
      }),
      { seed: 2, numRuns: 500 },
    )
  })
})

test('a usual row is short', () => {
  const attempt = attemptOf(1_763_600_000_000, 'f'.repeat(32), { rawSha256: 'e'.repeat(64) })
  const codec = new AttemptCodec(10_000)
  const page = pageOf(rowBytesMax(attempt))
  expect(codec.write(page, 0, attempt)).toBeLessThan(230)
})
