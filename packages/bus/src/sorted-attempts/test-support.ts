import type { AuthEvent } from '@sekisho/event'
import type { SortableAttempt } from './sortable-attempt.ts'

const EVENT: AuthEvent = {
  timestampMs: 0,
  resolutionMs: 1,
  subMillisecondNs: 0,
  vendor: 'fortigate',
  code: '0101039424',
  action: 'vpn.session.start',
  outcome: 'success',
  attempt: 'success',
  reason: '',
  reasonRaw: 'login successfully',
  userRaw: 'alice',
  userName: 'alice',
  userDomain: '',
  userKey: 'alice',
  realm: 'staff',
  sourceAddress: '203.0.113.9',
  assignedAddress: '10.0.0.7',
  gateway: 'fgt-tokyo',
  gatewaySerial: 'FGT60F0000000001',
  virtualSystem: 'root',
  sessionId: '1234567',
  factor: 'password',
  userAgent: '',
  deviceId: '',
  decides: 'yes',
  durationS: -1,
  recovered: false,
}

/** A usual attempt that differs from others in what decides its order. */
export function attemptOf(
  timestampMs: number,
  id: string,
  {
    rawSha256 = 'ff',
    path = 'a.log',
    number = 1,
    ...event
  }: Partial<AuthEvent> & {
    rawSha256?: string
    path?: string
    number?: number
  } = {},
): SortableAttempt {
  return { id, event: { ...EVENT, ...event, timestampMs }, line: { path, number }, rawSha256 }
}
