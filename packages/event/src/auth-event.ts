import type { Vendor } from './vendors.ts'

/** What a line says happened. The words are those of the outcome tables in docs/formats. */
export type EventAction =
  | 'vpn.connect'
  | 'vpn.negotiate'
  | 'vpn.login'
  | 'vpn.logout'
  | 'vpn.app'
  | 'vpn.session.start'
  | 'vpn.session.update'
  | 'vpn.session.resume'
  | 'vpn.session.end'
  | 'user.login'
  | 'user.logout'
  | 'user.logon'
  | 'user.logoff'
  | 'admin.login'
  | 'admin.logout'
  | 'admin.activity'
  | 'auth.factor'
  | 'auth.factor.sent'
  | 'auth.lockout'
  | 'auth.denied'
  | 'policy.check'
  | 'posture.check'
  | 'account.change'
  | 'config.change'
  | 'config.export'
  | 'device.alert'
  | 'endpoint.state'
  | 'ztna.access'
  | 'risk.vendor'
  | 'indicator'
  | 'unauthenticated.request'
  | 'other'

/** ECS `event.outcome`. */
export type EventOutcome = 'success' | 'failure' | 'unknown'

/** The closed set of what an event means to the rules. `none`: the rules do not read it. */
export type AttemptOutcome =
  | 'success'
  | 'bad_credential'
  | 'unknown_user'
  | 'disabled_or_locked'
  | 'expired_password'
  | 'mfa_denied'
  | 'policy_denied'
  | 'session_start'
  | 'session_end'
  | 'session_move'
  | 'admin'
  | 'none'

/** A vendor's reason word in our words; the raw word stands beside it. */
export type EventReason =
  | ''
  | 'denied'
  | 'user_unknown'
  | 'certificate'
  | 'password_expired'
  | 'second_factor'
  | 'locked'
  | 'policy'
  | 'other'

export type AuthFactor = '' | 'password' | 'otp' | 'cert' | 'saml' | 'eap' | 'xauth'

/**
 * How strongly a line claims to be the one that counts as a login.
 * `no`: never. `unless`: only when no `yes` line of the same login exists. `yes`: it decides.
 */
export type DecidesRank = 'no' | 'unless' | 'yes'

/**
 * One authentication event: one line of a gateway, read.
 *
 * Flat and monomorphic (every field is always present; an absent text is `''`, an absent number -1),
 * so that a million of them stay cheap. ECS names exist only at the rim (`ecs-event.ts`).
 */
export interface AuthEvent {
  /** Epoch milliseconds, UTC, of the event (never of the reading). */
  timestampMs: number
  /** Resolution of the vendor's clock in this line: 1 or 1000. */
  resolutionMs: number
  /** Nanoseconds below the millisecond (0 to 999,999) where the vendor writes them; a part of the identity only. */
  subMillisecondNs: number
  vendor: Vendor
  /** The vendor's message id: the ten digits of FortiGate's logid, or `AUT24414`. `''` if the form carries none. */
  code: string
  action: EventAction
  outcome: EventOutcome
  attempt: AttemptOutcome
  reason: EventReason
  reasonRaw: string
  /** The user as logged, domain included. `''` when nobody is named. */
  userRaw: string
  /** The user without domain. */
  userName: string
  userDomain: string
  /** Folded name that rules key on (`user-key.ts`). `''` when nobody is named. */
  userKey: string
  realm: string
  /** Canonical text of the client's address (`address.ts`), `''` when the line has none. */
  sourceAddress: string
  /** Address given to the client inside the tunnel, canonical, or `''`. */
  assignedAddress: string
  /** Name of the gateway (FortiGate devname, Pulse node). */
  gateway: string
  gatewaySerial: string
  /** FortiGate vdom or Pulse vsys. */
  virtualSystem: string
  sessionId: string
  factor: AuthFactor
  userAgent: string
  /** An id of the client's device (FortiClient uid, MAC address), or `''`. */
  deviceId: string
  decides: DecidesRank
  /** Seconds a session lasted, from a line that ends it; -1 if unknown. */
  durationS: number
  /** True when a value had to be recovered from a damaged line. */
  recovered: boolean
}

/** A sign of compromise that a line is by itself, whoever it names (docs/formats.md, signs of compromise). */
export type Indicator =
  | ''
  | 'account-changed'
  | 'administrator-changed'
  | 'authentication-changed'
  | 'vpn-configuration-changed'
  | 'policy-changed'
  | 'log-target-changed'
  | 'log-cleared'
  | 'automation-changed'
  | 'console-login'
  | 'recovery-access'
  | 'path-traversal'
  | 'vendor-exploit-path'
  | 'integrity-scan'
  | 'factor-bypassed'
  | 'imitated-line'

/**
 * One line of a gateway with all that it says: beside the authentication event what an analyst reads but no rule
 * does. Flat as well, with the same words for what is absent.
 */
export interface LoggedEvent extends AuthEvent {
  /** Group or groups of the user, as logged. */
  group: string
  /** Roles that a Pulse Secure gateway gave, joined as logged (`Staff, VPN Full`). */
  roles: string
  /** Name that the client's device says it has. */
  deviceName: string
  /** Distinguished name in the client's certificate. */
  certificateSubject: string
  /** The other address of a line that names two: where a moved session was before, or where the one that replaced it began. */
  otherAddress: string
  /** Bytes to and from the client, as the gateway counted them; -1 if unknown. */
  sentBytes: number
  receivedBytes: number
  /** What a change of the configuration did (`Add`, `Edit`, `Delete`), to what, and how. */
  configAction: string
  configPath: string
  configObject: string
  configAttribute: string
  indicator: Indicator
  /** Seconds by which a header that was believed is ahead of the line's own time; 0 where they agree. */
  timeSkewS: number
}

/** Where a line was read. */
export interface LineRef {
  /** Path as the user gave it (`-` for stdin), or topic/partition for streams. */
  readonly path: string
  /** 1-based line number, or offset for streams. */
  readonly number: number
}

/** Why a line is not an event although nothing is wrong with it. */
export type IgnoredKind =
  | 'blank'
  | 'comment'
  | 'traffic'
  | 'security-profile'
  | 'system'
  | 'event-other'
  | 'policy-trace'
  | 'other-product'

/** Why a line could not be read. The remedies stand in the command line's report of rejected lines. */
export type RejectionReason =
  | 'too-long'
  | 'unknown-format'
  | 'unsupported-form'
  | 'no-time'
  | 'no-timezone'
  | 'broken'

/**
 * What became of a line. The event may be the parser's own and hold only until the next line is read: who keeps it
 * keeps a copy (`{ ...event }`).
 */
export type Parsed =
  | { readonly kind: 'event'; readonly event: Readonly<LoggedEvent> }
  | { readonly kind: 'ignored'; readonly ignored: IgnoredKind }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly detail: string }
