import { expect, test } from '@jest/globals'
import { newLoggedEvent } from '@sekisho/event'
import type { PulseRow } from './row.ts'
import { describePulseSign, indicatorOfUrl } from './signs.ts'

function described(message: string, row: PulseRow) {
  const event = newLoggedEvent('pulse-secure')
  event.action = row.action
  describePulseSign(event, message, row)
  return event
}

test.each([
  ['/dana-na/../etc/passwd', 'path-traversal'],
  ['/dana-na/%2e%2E/etc/passwd', 'path-traversal'],
  ['/dana-na/%252e%252e%252fetc', 'path-traversal'],
  ['/dana-na/..;/admin', 'path-traversal'],
  ['/dana-na\\..\\etc', 'path-traversal'],
  ['/dana-na/..', 'path-traversal'],
  ['/dana-na/../dana/html5acc/guacamole/../../../etc/hosts', 'vendor-exploit-path'],
  ['/dana/html5acc/guacamole', 'vendor-exploit-path'],
  ['/API/v1/TOTP/user-backup-code', 'vendor-exploit-path'],
  ['/api/v1/cav/client/../../system', 'vendor-exploit-path'],
  ['/api/v1/cav/client', ''],
  ['/../api/v1/cav', 'path-traversal'],
  ['/dana-na/auth/url_default/welcome.cgi', ''],
  ['/dana-na/a..b/...//c', ''],
  ['', ''],
])('the URL %j is a sign of %j', (url, indicator) => {
  expect(indicatorOfUrl(url)).toBe(indicator)
})

test.each([
  ['Unauthenticated request url /a/../b came from IP 198.51.100.88.', 'path-traversal'],
  ['Unauthenticated request url /a/../b came fr', 'path-traversal'],
  ['Unauthenticated request url /b came from IP 198.51.100.88.', ''],
  ['Connection from IP 198.51.100.88 not authenticated yet (URL=/a/..)', 'path-traversal'],
  ['Connection from IP 198.51.100.88 not authenticated yet (URL=/x url /y/../z)', 'path-traversal'],
  ['Connection from IP 198.51.100.88 not authenticated yet', ''],
])('the request of %j is a sign of %j', (message, indicator) => {
  expect(described(message, { action: 'unauthenticated.request' }).indicator).toBe(indicator)
})

test.each([
  ['Newly Detected Files 0, Mismatched Files 0', 'other', ''],
  ['Newly Detected Files 0, Mism', 'other', ''],
  ['Newly Detected Files: 0, Mismatched Files: 0', 'other', ''],
  ['Newly Detected Files 2, Mismatched Files 0', 'indicator', 'integrity-scan'],
  ['Newly Detected Files 0, Mismatched Files 10', 'indicator', 'integrity-scan'],
  ['Newly Detected Files: 1', 'indicator', 'integrity-scan'],
  ['The manifest is missing', 'indicator', 'integrity-scan'],
])('the scan %j', (message, action, indicator) => {
  const row = { action: 'indicator', indicator: 'integrity-scan' } as const
  expect(described(message, row)).toMatchObject({ action, indicator })
})

test('what was done to which target of which log', () => {
  const row = { action: 'config.change', indicator: 'log-target-changed' } as const
  expect(described('Syslog server 192.0.2.77 removed from Events logs.', row)).toMatchObject({
    configAction: 'Delete',
    configPath: 'syslog',
    configObject: '192.0.2.77',
    configAttribute: 'Events logs',
    indicator: 'log-target-changed',
  })
  expect(described('Syslog server a.example.net added to Events logs', row)).toMatchObject({
    configAction: 'Add',
    configObject: 'a.example.net',
  })
  expect(described('Other words of a later release', row)).toMatchObject({
    configAction: '',
    configPath: 'syslog',
    configObject: '',
    indicator: 'log-target-changed',
  })
})
