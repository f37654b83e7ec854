import { expect, test } from '@jest/globals'
import { type ProfileContent, profileHashOf } from './profile-hash.ts'

const CONTENT: ProfileContent = {
  firstDay: 20514,
  userDays: 12,
  networks: [
    ['64500|JP', 8],
    ['64511|US', 4],
  ],
  countries: [
    ['JP', 8],
    ['US', 4],
  ],
  sharedEgress: ['192.0.2.0/24', '192.0.3.0/24'],
  concurrentUserDays: 1,
}

test('is sixteen hex digits and does not depend on the order of counting', () => {
  expect(profileHashOf(CONTENT)).toMatch(/^[0-9a-f]{16}$/)
  const reversed: ProfileContent = {
    ...CONTENT,
    networks: CONTENT.networks.toReversed(),
    countries: CONTENT.countries.toReversed(),
    sharedEgress: CONTENT.sharedEgress.toReversed(),
  }
  expect(profileHashOf(reversed)).toBe(profileHashOf(CONTENT))
})

const CHANGES: readonly Partial<ProfileContent>[] = [
  { firstDay: 20515 },
  { firstDay: null },
  { userDays: 13 },
  { networks: [['64500|JP', 12]] },
  { countries: [['JP', 12]] },
  { sharedEgress: ['192.0.2.0/24'] },
  { concurrentUserDays: 0 },
]

test.each(CHANGES)('changes with %j', (change) => {
  expect(profileHashOf({ ...CONTENT, ...change })).not.toBe(profileHashOf(CONTENT))
})
