/** Which edition of MITRE ATT&CK the names below are those of. Names change between editions; other tools join on ids. */
export const ATTACK = {
  framework: 'MITRE ATT&CK',
  matrix: 'Enterprise',
  version: '17',
  released: '2025-04-22',
} as const

export interface Tactic {
  readonly id: string
  readonly name: string
}

/** A technique, or a sub-technique with its parent. */
export interface Technique {
  readonly id: string
  readonly name: string
  readonly subtechnique?: { readonly id: string; readonly name: string }
}

/** Tactics that the techniques below serve. */
export const TACTICS = {
  reconnaissance: { id: 'TA0043', name: 'Reconnaissance' },
  initialAccess: { id: 'TA0001', name: 'Initial Access' },
  persistence: { id: 'TA0003', name: 'Persistence' },
  privilegeEscalation: { id: 'TA0004', name: 'Privilege Escalation' },
  defenseEvasion: { id: 'TA0005', name: 'Defense Evasion' },
  credentialAccess: { id: 'TA0006', name: 'Credential Access' },
  lateralMovement: { id: 'TA0008', name: 'Lateral Movement' },
} as const satisfies Readonly<Record<string, Tactic>>

type TacticName = keyof typeof TACTICS

/** A technique of the edition with the tactics that it stands under there. */
export interface AttackTechnique extends Technique {
  readonly tactics: readonly TacticName[]
}

const BRUTE_FORCE = { id: 'T1110', name: 'Brute Force', tactics: ['credentialAccess'] } as const

/** Every technique that a rule names. */
export const TECHNIQUES = {
  validAccounts: {
    id: 'T1078',
    name: 'Valid Accounts',
    tactics: ['initialAccess', 'persistence', 'privilegeEscalation', 'defenseEvasion'],
  },
  externalRemoteServices: {
    id: 'T1133',
    name: 'External Remote Services',
    tactics: ['initialAccess', 'persistence'],
  },
  bruteForce: BRUTE_FORCE,
  passwordGuessing: {
    ...BRUTE_FORCE,
    subtechnique: { id: 'T1110.001', name: 'Password Guessing' },
  },
  passwordSpraying: {
    ...BRUTE_FORCE,
    subtechnique: { id: 'T1110.003', name: 'Password Spraying' },
  },
  credentialStuffing: {
    ...BRUTE_FORCE,
    subtechnique: { id: 'T1110.004', name: 'Credential Stuffing' },
  },
  gatheredCredentials: {
    id: 'T1589',
    name: 'Gather Victim Identity Information',
    subtechnique: { id: 'T1589.001', name: 'Credentials' },
    tactics: ['reconnaissance'],
  },
  stealWebSessionCookie: {
    id: 'T1539',
    name: 'Steal Web Session Cookie',
    tactics: ['credentialAccess'],
  },
  webSessionCookie: {
    id: 'T1550',
    name: 'Use Alternate Authentication Material',
    subtechnique: { id: 'T1550.004', name: 'Web Session Cookie' },
    tactics: ['defenseEvasion', 'lateralMovement'],
  },
  remoteServiceSessionHijacking: {
    id: 'T1563',
    name: 'Remote Service Session Hijacking',
    tactics: ['lateralMovement'],
  },
  factorRequestGeneration: {
    id: 'T1621',
    name: 'Multi-Factor Authentication Request Generation',
    tactics: ['credentialAccess'],
  },
} as const satisfies Readonly<Record<string, AttackTechnique>>
