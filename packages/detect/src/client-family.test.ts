import { expect, test } from '@jest/globals'
import { clientFamilyOf, gatewayGroupOf } from './client-family.ts'
import { DEFAULT_CONFIG } from './config.ts'

test.each([
  { userAgent: 'Pulse-Secure/9.1.11 (Windows 10)', family: 'pulse-secure' },
  { userAgent: 'FortiClient', family: 'forticlient' },
  { userAgent: 'AnyConnect 4.10', family: 'anyconnect' },
  { userAgent: 'Mozilla(compatible)', family: 'mozilla' },
  { userAgent: 'openconnect;v8', family: 'openconnect' },
  { userAgent: 'openconnect,v8', family: 'openconnect' },
  { userAgent: '/9.1.11', family: '' },
  { userAgent: '', family: '' },
  { userAgent: `${'A'.repeat(31)}/1`, family: 'a'.repeat(31) },
  { userAgent: `${'A'.repeat(40)}/1`, family: 'a'.repeat(32) },
])('the family of "$userAgent" is "$family"', ({ userAgent, family }) => {
  expect(clientFamilyOf(userAgent)).toBe(family)
})

test.each([
  { gateway: 'gw-1', gatewaySerial: '', group: 'tokyo' },
  { gateway: 'renamed', gatewaySerial: 'FGT1', group: 'tokyo' },
  { gateway: 'gw-2', gatewaySerial: '', group: 'gw-2' },
  { gateway: 'gw-2', gatewaySerial: 'FGT2', group: 'FGT2' },
  { gateway: '', gatewaySerial: '', group: '' },
])('the group of "$gateway" with serial number "$gatewaySerial" is "$group"', (said) => {
  const config = { ...DEFAULT_CONFIG, gatewayGroups: { osaka: ['gw-9'], tokyo: ['gw-1', 'FGT1'] } }
  expect(gatewayGroupOf(config, said)).toBe(said.group)
})
