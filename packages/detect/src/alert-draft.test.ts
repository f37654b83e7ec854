import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { alertIdOf } from './alert-draft.ts'

const ABOUT = {
  family: 'N1',
  entity: 'prefix:203.0.113.0/24',
  day: '2026-03-10',
  discriminator: 'x',
} as const

/** As anybody can work it out: the parts as JSON, SHA-256, the first 32 digits. */
function idOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

test('an id says what an alert is about, of which tenant, day and meaning of its rule', () => {
  expect(alertIdOf('acme', ABOUT)).toBe(
    idOf('acme', 'N1', 1, 'prefix:203.0.113.0/24', '2026-03-10', 'x'),
  )
  expect(alertIdOf('acme', { ...ABOUT, family: 'U2' })).toBe(
    idOf('acme', 'U2', 2, 'prefix:203.0.113.0/24', '2026-03-10', 'x'),
  )
})
