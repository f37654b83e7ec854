import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { HeaderHosts } from './header-hosts.ts'
import { envelopeIn } from './syslog-envelope.ts'

const HEADERS = [
  '',
  '<189>',
  '<189>1 2026-03-14T07:03:55Z edge-fgt-02 - - - - ',
  '<134>1 2026-03-31T23:59:60+01:00 10.71.3.9 ',
  'Mar 14 07:58:09 edge-fgt-03 ',
  'Mar 14 08:16:53 pcs-a1 1 2026-03-14T08:16:53.25+01:00 10.80.1.5 ',
  '2026-03-14T01:31:10 no-zone 2026-03-14T01:31:10Z zone-07 ',
]

test('a host is the one that the header names, whatever headers came before', () => {
  const hosts = new HeaderHosts()
  fc.assert(
    fc.property(
      fc.constantFrom(...HEADERS),
      fc.array(fc.tuple(fc.nat(60), fc.constantFrom('0', '1', '2', '9', 'x', ' ', 'T')), {
        maxLength: 3,
      }),
      (header, changes) => {
        let changed = header
        for (const [at, character] of changes) {
          if (at < changed.length)
            changed = changed.slice(0, at) + character + changed.slice(at + 1)
        }
        for (const each of [header, changed, header]) {
          const bytes = Buffer.from(`ab${each}cd`)
          expect(hosts.hostOf(bytes, 2, 2 + each.length)).toBe(envelopeIn(each).host)
        }
      },
    ),
    { seed: 5, numRuns: 3000 },
  )
})
