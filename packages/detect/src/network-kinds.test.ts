import { expect, test } from '@jest/globals'
import type { NetworkClass } from '@sekisho/event'
import { isAccessClass, isOrganisationGround, isRentedClass } from './network-kinds.ts'
import { profileOf } from './testing/annotated.ts'

test.each<[NetworkClass, { isAccess?: boolean; isRented?: boolean; isOwn?: boolean }]>([
  ['residential', { isAccess: true }],
  ['mobile', { isAccess: true }],
  ['satellite', { isAccess: true }],
  ['hosting', { isRented: true }],
  ['anon', { isRented: true }],
  ['own_gateway', { isOwn: true }],
  ['internal', { isOwn: true }],
  ['corp_egress', { isOwn: true }],
  ['swg', { isOwn: true }],
  ['unknown', {}],
])('%s: %p', (networkClass, { isAccess = false, isRented = false, isOwn = false }) => {
  const isGround = (prefix: string): boolean => {
    const profile = profileOf({ isSharedEgress: (each) => each === 'shared' })
    return isOrganisationGround(profile, { prefix, networkClass })
  }
  expect(isAccessClass(networkClass)).toBe(isAccess)
  expect(isRentedClass(networkClass)).toBe(isRented)
  expect(isGround('somewhere')).toBe(isOwn)
  // Where many of the users come from, whatever the class.
  expect(isGround('shared')).toBe(true)
})
