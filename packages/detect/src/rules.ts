import type { RuleId } from '@sekisho/event'
import { TACTICS, type Tactic, TECHNIQUES, type Technique } from './attack.ts'

/** What a rule owes its reader; the long form is docs/rules/<id>.md. */
export interface Rule {
  readonly id: RuleId
  readonly name: string
  readonly version: string
  readonly category: string
  readonly description: string
  readonly falsePositives: readonly string[]
  /** `event.action` of its alerts. */
  readonly action: string
  readonly tactics: readonly Tactic[]
  readonly techniques: readonly Technique[]
}

/** The rules of this release, in the order of the table in docs/rules/README.md. */
export const RULES: readonly Rule[] = [
  {
    id: 'U2',
    name: 'Anomalous successful login',
    version: '1.0.0',
    category: 'initial-access',
    description:
      'A login from a place, device or hour that is strange for the user and rare for the organisation.',
    falsePositives: [
      'a journey with a new device',
      'a commercial VPN that the user turned on',
      'a new colleague abroad',
    ],
    action: 'anomalous-login',
    tactics: [TACTICS.initialAccess],
    techniques: [TECHNIQUES.validAccounts, TECHNIQUES.externalRemoteServices],
  },
  {
    id: 'T1',
    name: 'Impossible travel',
    version: '2.0.0',
    category: 'initial-access',
    description: 'One user in two places that nobody can have travelled between.',
    falsePositives: [
      'a commercial VPN or proxy that the list of networks does not know',
      'a carrier whose gateway stands in another country',
      'an address whose place both databases have wrong',
    ],
    action: 'impossible-travel',
    tactics: [TACTICS.initialAccess],
    techniques: [TECHNIQUES.validAccounts],
  },
  {
    id: 'T2',
    name: 'Concurrent sessions',
    version: '1.0.0',
    category: 'initial-access',
    description: 'One user with sessions in two networks at one time.',
    falsePositives: [
      'a phone and a laptop of one user on two networks',
      'a commercial VPN turned on while a session is open',
    ],
    action: 'concurrent-sessions',
    tactics: [TACTICS.initialAccess],
    techniques: [TECHNIQUES.validAccounts],
  },
  {
    id: 'U3',
    name: 'Dormant account',
    version: '1.0.0',
    category: 'initial-access',
    description:
      'A login of an account that was silent for months, from where nothing vouches for it.',
    falsePositives: ['a return from long leave', 'an account kept for rare emergencies'],
    action: 'dormant-account',
    tactics: [TACTICS.initialAccess],
    techniques: [TECHNIQUES.validAccounts],
  },
  {
    id: 'U4',
    name: 'First VPN use',
    version: '1.0.0',
    category: 'initial-access',
    description:
      'The first login ever of an account comes from a hosting network, an anonymiser or a foreign country.',
    falsePositives: ['a new colleague abroad', 'a contractor who works from a rented server'],
    action: 'first-vpn-use',
    tactics: [TACTICS.initialAccess],
    techniques: [TECHNIQUES.validAccounts],
  },
  {
    id: 'S1',
    name: 'Session used from two places',
    version: '1.0.0',
    category: 'credential-access',
    description: 'One session is used from the networks of two operators.',
    falsePositives: [
      'a phone that changes from Wi-Fi to its carrier',
      'a multipath or relay service that splits a connection',
    ],
    action: 'session-from-two-places',
    tactics: [TACTICS.credentialAccess, TACTICS.lateralMovement],
    techniques: [
      TECHNIQUES.stealWebSessionCookie,
      TECHNIQUES.webSessionCookie,
      TECHNIQUES.remoteServiceSessionHijacking,
    ],
  },
  {
    id: 'N1',
    name: 'Credential stuffing from a source',
    version: '1.0.0',
    category: 'credential-access',
    description: 'Many different users fail from one source network that none of them uses.',
    falsePositives: [
      'a hotel or event where several users mistype',
      'an office network on its first day',
    ],
    action: 'credential-stuffing',
    tactics: [TACTICS.credentialAccess],
    techniques: [TECHNIQUES.credentialStuffing, TECHNIQUES.gatheredCredentials],
  },
  {
    id: 'N2',
    name: 'Password spraying from a source',
    version: '1.0.0',
    category: 'credential-access',
    description: 'One source network tries the same existing users in a few rounds.',
    falsePositives: ['a hotel or event where several users mistype more than once'],
    action: 'password-spraying',
    tactics: [TACTICS.credentialAccess],
    techniques: [TECHNIQUES.passwordSpraying, TECHNIQUES.gatheredCredentials],
  },
  {
    id: 'P2',
    name: 'Many accounts, one source',
    version: '1.0.0',
    category: 'initial-access',
    description:
      'Several users who share nothing else get in from one network that is new to each of them.',
    falsePositives: [
      'a meeting at a hotel or at a customer',
      'a new office before its network is configured',
    ],
    action: 'many-accounts-one-source',
    tactics: [TACTICS.initialAccess],
    techniques: [TECHNIQUES.validAccounts],
  },
  {
    id: 'U1',
    name: 'Brute force on a user',
    version: '1.0.0',
    category: 'credential-access',
    description: 'Many failures as one user from networks that the user never used.',
    falsePositives: ['a user on a journey who forgot the password and changes networks'],
    action: 'brute-force',
    tactics: [TACTICS.credentialAccess],
    techniques: [TECHNIQUES.passwordGuessing],
  },
  {
    id: 'M1',
    name: 'Second-factor fatigue',
    version: '1.0.0',
    category: 'credential-access',
    description:
      'A user refuses or misses many second factors in a row: somebody else has the password and keeps asking.',
    falsePositives: ['a user whose phone is new or offline and who keeps trying'],
    action: 'second-factor-fatigue',
    tactics: [TACTICS.credentialAccess],
    techniques: [TECHNIQUES.factorRequestGeneration],
  },
  {
    id: 'X1',
    name: 'Success inside an attack',
    version: '1.0.0',
    category: 'initial-access',
    description: 'A login that nothing vouches for, from a source or as a user under attack.',
    falsePositives: [
      'a colleague who logs in for the first time behind an address that is attacking',
    ],
    action: 'success-inside-attack',
    tactics: [TACTICS.initialAccess, TACTICS.credentialAccess],
    techniques: [
      TECHNIQUES.validAccounts,
      TECHNIQUES.bruteForce,
      TECHNIQUES.externalRemoteServices,
    ],
  },
]

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]))

/** The rule of an alert. */
export function ruleOf(id: RuleId): Rule {
  return BY_ID.get(id) as Rule
}
