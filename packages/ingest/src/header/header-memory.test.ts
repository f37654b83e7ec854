import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { HeaderMemory } from './header-memory.ts'
import { bodyStartOf } from './syslog-envelope.ts'

const HEADERS = [
  '',
  '<189>',
  '576 <111>',
  '<189>1 2026-03-14T07:03:55Z edge-fgt-02 - - - - ',
  'Mar 14 07:58:09 edge-fgt-03 ',
  '<134>1 2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure: - - - ',
  'info - [192.0.2.7] x ',
  'ive | 2026-03-14 12:10:53 ',
  'a 2026-03-14 ',
]

const BODIES = [
  'date=2026-03-14 time=07:58:09',
  'CEF:0|Fortinet|Fortigate|',
  '0|Fortinet|Fortigate|',
  '{"date":"2026-03-14"}',
  '2026-03-14 08:16:53 - ive - [192.0.2.1] jdoe(R)[] - x',
  '08:16:53 - ive',
  '| 2026-03-14 12:10:53 | AUT24326 |',
  '- [192.0.2.1] key=value',
  'id=firewall time="2026-03-14 08:16:53"',
  'hello',
]

test('a body begins where it begins without a memory, whatever headers came before', () => {
  const memory = new HeaderMemory()
  fc.assert(
    fc.property(
      fc.constantFrom(...HEADERS),
      fc.constantFrom(...BODIES),
      fc.constantFrom(...BODIES),
      fc.array(fc.tuple(fc.nat(60), fc.constantFrom('0', '1', '9', 'x', ' ', '=', '|')), {
        maxLength: 3,
      }),
      (header, body, other, changes) => {
        const line = header + body
        let changed = header + other
        for (const [at, character] of changes) {
          if (at < changed.length)
            changed = changed.slice(0, at) + character + changed.slice(at + 1)
        }
        for (const each of [line, changed, line, header + other]) {
          const bytes = Buffer.from(`ab${each}cd`)
          const end = 2 + each.length
          expect(memory.bodyStartOf(bytes, 2, end)).toBe(bodyStartOf(bytes, 2, end))
        }
      },
    ),
    { seed: 5, numRuns: Number(process.env.SEKISHO_PROPERTY_RUNS ?? 2000) },
  )
})
