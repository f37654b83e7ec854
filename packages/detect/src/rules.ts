import type { RuleId } from '@sekisho/event'

/** MITRE ATT&CK entry: a technique, or a sub-technique with its parent. */
export interface Technique {
  readonly id: string
  readonly name: string
  readonly subtechnique?: { readonly id: string; readonly name: string }
}

export interface Tactic {
  readonly id: string
  readonly name: string
}

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

// Names are those of ATT&CK Enterprise v17; the ids are what other tools join on.
const INITIAL_ACCESS = { id: 'TA0001', name: 'Initial Access' }
const CREDENTIAL_ACCESS = { id: 'TA0006', name: 'Credential Access' }
const VALID_ACCOUNTS = { id: 'T1078', name: 'Valid Accounts' }
const EXTERNAL_REMOTE_SERVICES = { id: 'T1133', name: 'External Remote Services' }
const BRUTE_FORCE = { id: 'T1110', name: 'Brute Force' }
const GATHER_CREDENTIALS = {
  id: 'T1589',
  name: 'Gather Victim Identity Information',
  subtechnique: { id: 'T1589.001', name: 'Credentials' },
}

/** The rules of this release, in the order of the table in docs/rules/README.md. */
export const RULES: readonly Rule[] = [
  {
    id: 'T1',
    name: 'Impossible travel',
    version: '1.0.0',
    category: 'initial-access',
    description: 'One user in two places that nobody can have travelled between.',
    falsePositives: [
      'a commercial VPN or proxy that the list of networks does not know',
      'a carrier whose gateway stands in another country',
      'an address whose place both databases have wrong',
    ],
    action: 'impossible-travel',
    tactics: [INITIAL_ACCESS],
    techniques: [VALID_ACCOUNTS],
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
    tactics: [CREDENTIAL_ACCESS],
    techniques: [
      { ...BRUTE_FORCE, subtechnique: { id: 'T1110.004', name: 'Credential Stuffing' } },
      GATHER_CREDENTIALS,
    ],
  },
  {
    id: 'N2',
    name: 'Password spraying from a source',
    version: '1.0.0',
    category: 'credential-access',
    description: 'One source network tries the same existing users in a few rounds.',
    falsePositives: ['a hotel or event where several users mistype more than once'],
    action: 'password-spraying',
    tactics: [CREDENTIAL_ACCESS],
    techniques: [
      { ...BRUTE_FORCE, subtechnique: { id: 'T1110.003', name: 'Password Spraying' } },
      GATHER_CREDENTIALS,
    ],
  },
  {
    id: 'U1',
    name: 'Brute force on a user',
    version: '1.0.0',
    category: 'credential-access',
    description: 'Many failures as one user from networks that the user never used.',
    falsePositives: ['a user on a journey who forgot the password and changes networks'],
    action: 'brute-force',
    tactics: [CREDENTIAL_ACCESS],
    techniques: [{ ...BRUTE_FORCE, subtechnique: { id: 'T1110.001', name: 'Password Guessing' } }],
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
    tactics: [INITIAL_ACCESS, CREDENTIAL_ACCESS],
    techniques: [VALID_ACCOUNTS, BRUTE_FORCE, EXTERNAL_REMOTE_SERVICES],
  },
]

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]))

/** The rule of an alert. */
export function ruleOf(id: RuleId): Rule {
  return BY_ID.get(id) as Rule
}
