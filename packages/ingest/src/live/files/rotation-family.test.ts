import { expect, test } from '@jest/globals'
import { rotationFamilyOf } from './rotation-family.ts'

test.each([
  ['/v/app.log', '/v/app.log'],
  ['/v/app.log.1', '/v/app.log'],
  ['/v/app.log-20260314', '/v/app.log'],
  ['/v/app.log.2026-03-14-07', '/v/app.log'],
  ['/v/app.log-20260314_0715', '/v/app.log'],
  ['/v/app.log.20260314T0715Z', '/v/app.log'],
  ['/v/app.log.old', '/v/app.log'],
  ['/v/app-20260314.log', '/v/app.log'],
  ['/v/app-2026-03-14.log', '/v/app.log'],
  ['/v/app-1.log', '/v/app-1.log'],
  ['/v/20260314', '/v/20260314'],
  ['/v.1/app.error', '/v.1/app.error'],
])('the family of %s is %s', (path, family) => {
  expect(rotationFamilyOf(path)).toBe(family)
})
