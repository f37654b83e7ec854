import type { LoggedEvent } from './auth-event.ts'
import type { Vendor } from './vendors.ts'

/**
 * An event of which nothing is known yet. The only place where events are made: every field is set, always in
 * this order, so that all events have one shape.
 */
export function newLoggedEvent(vendor: Vendor): LoggedEvent {
  return {
    timestampMs: 0,
    resolutionMs: 1000,
    subMillisecondNs: 0,
    vendor,
    code: '',
    action: 'other',
    outcome: 'unknown',
    attempt: 'none',
    reason: '',
    reasonRaw: '',
    userRaw: '',
    userName: '',
    userDomain: '',
    userKey: '',
    realm: '',
    sourceAddress: '',
    assignedAddress: '',
    gateway: '',
    gatewaySerial: '',
    virtualSystem: '',
    sessionId: '',
    factor: '',
    userAgent: '',
    deviceId: '',
    decides: 'no',
    durationS: -1,
    recovered: false,
    group: '',
    roles: '',
    deviceName: '',
    certificateSubject: '',
    otherAddress: '',
    sentBytes: -1,
    receivedBytes: -1,
    configAction: '',
    configPath: '',
    configObject: '',
    configAttribute: '',
    indicator: '',
    timeSkewS: 0,
  }
}
