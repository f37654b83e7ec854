// Every number that the rules publish, by value, with the page that publishes it. Nothing here is read from the
// program: whoever changes a rule has to change its page, and then this file, by hand.

/** Scores are exact multiples of 1/1024 (docs/rules/README.md). */
export const UNITS_PER_NAT = 1024

/** A published number of nats or points as the program adds it up. */
export function inUnits(value) {
  return Math.round(value * UNITS_PER_NAT) / UNITS_PER_NAT
}

/** event.severity of each word (docs/rules/README.md). */
export const SEVERITY = { low: 21, medium: 47, high: 73, critical: 99 }

/** Days between an alert and the organisation profile that it reads (docs/rules/README.md). */
export const PROFILE_LAG_DAYS = 3

/** docs/rules/T1.md */
export const TRAVEL = {
  earthRadiusKm: 6371.0088,
  distanceLimitKm: 300,
  speedLimitKmh: 1000,
  clockErrorMs: 240_000,
  elapsedMsMin: 1000,
  gapMsMax: 86_400_000,
  radiusKmMin: 50,
  learntDays: 2,
  sessionMsMax: 86_400_000,
  concurrentMsMin: 300_000,
  concurrentShare: 0.02,
  nats: {
    infeasible: 2.3,
    overlap: 3,
    concurrent: 3,
    roaming: 0.5,
    sameDevice: -3,
  },
}

/** docs/rules/U2.md */
export const LOGIN = {
  smoothingDays: 2,
  newForUser: [-8, 4],
  rare: [-4, 7.5],
  homeCountryShare: 0.02,
  familiarityMin: 0.1,
  attackCountryShare: 1 / 30,
  signal: 3,
  medium: 6.1,
  high: 7.9,
  familyMin: 1,
  familiesMin: 2,
  shortHistoryDays: 3,
  priorNats: 11.5,
  riskFrom: 2,
  riskSpan: 10,
  justBeforeMs: 3_600_000,
  guessesMin: 5,
  typingErrorsMax: 2,
  hour: { reach: 2, pseudoLogins: 2, most: 0.7 },
}

/** Of each network class (docs/rules/U2.md): floor of P_org, P(class | attack), networks to choose from. */
export const NETWORK_CLASS = {
  hosting: { floor: 3e-6, attackShare: 0.45, networks: 4 },
  anon: { floor: 3e-6, attackShare: 0.15, networks: 4 },
  satellite: { floor: 1e-5, attackShare: 0.02, networks: 6 },
  swg: { floor: 1e-5, attackShare: 0.02, networks: 6 },
  mobile: { floor: 1e-4, attackShare: 0.08, networks: 3 },
  residential: { floor: 2e-4, attackShare: 0.3, networks: 6 },
  unknown: { floor: 2e-4, attackShare: 0.02, networks: 6 },
  corp_egress: { floor: 2e-4, attackShare: null, networks: null },
  own_gateway: { floor: 2e-4, attackShare: null, networks: null },
  internal: { floor: 2e-4, attackShare: null, networks: null },
}

/** Networks that anybody can rent (docs/rules/U3.md). */
export const RENTED = new Set(['hosting', 'anon'])

/** Terms of a login with one value each: family and nats (docs/rules/U2.md, U3.md, U4.md). */
export const FIXED_TERMS = {
  known_prefix: ['new_for_user', -1.5],
  known_device: ['new_for_user', -3],
  new_country: ['new_for_user', 0.7],
  new_device: ['new_for_user', 1.2],
  new_client: ['new_for_user', 0.7],
  new_gateway: ['new_for_user', 0.7],
}

/** docs/rules/U3.md and U4.md */
export const ACCOUNT = {
  silentDays: 90,
  longSilentDays: 180,
  knownDays: 180,
  silent: 1.5,
  longSilent: 2.5,
  historyDays: 30,
  firstUse: 1.5,
}

/** Nats of a distinct user by the strongest outcome, and whether that is a failure (docs/rules/N1.md). */
export const USER_CLASSES = {
  vouched_success: [-4.5, false],
  ordinary_success: [-2.5, false],
  other_success: [0, false],
  factor_denied: [3, true],
  vouched_failure: [-1, true],
  operator_known_failure: [0.3, true],
  unvouched_failure: [1.67, true],
  locked: [1, true],
  misspelt: [0.5, true],
  unknown_user: [3.58, true],
}

/** docs/rules/N1.md and N2.md */
export const SOURCE = {
  threshold: 9.2 + Math.log(3),
  usersMin: 4,
  windowsS: [600, 3600, 86_400],
  popUpUnknownShare: 0.3,
  neverPopUp: new Set(['hosting', 'anon', 'satellite']),
  sprayUnknownShare: 0.2,
  sprayRoundsMax: 3,
  roundGapMs: 1_800_000,
}

/** docs/rules/U1.md */
export const BRUTE_FORCE = {
  failuresFree: 5,
  failure: 0.4,
  network: 1.2,
  vouchedFailure: -0.2,
  lockout: 1,
  threshold: 7,
}

/** docs/rules/X1.md */
export const SUCCESS_INSIDE = { usersMin: 3, reachMs: 86_400_000, coldUsersMin: 10 }

/** docs/rules/M1.md */
export const FATIGUE = { denials: 5, denialsBeforeLogin: 3, windowMs: 1_800_000 }

/** docs/rules/P2.md */
export const REUSE = { usersMin: 3, activeDays: 3, windowMs: 86_400_000 }

/** docs/rules/S1.md */
export const SESSION = { twoNetworks: 4.5 }

/** Most lines that an alert shows, and most entries of a list in `related` (docs/rules/README.md). */
export const SHOWN = { evidence: 20, related: 100 }

/**
 * The table of docs/rules/README.md: name, `event.action`, family and major version that the id is made of, ATT&CK
 * techniques with the sub-techniques among them, and what the alert is about.
 */
export const RULES = {
  T1: rule('Impossible travel', 'impossible-travel', ['U2', 2], ['T1078']),
  T2: rule('Concurrent sessions', 'concurrent-sessions', ['U2', 2], ['T1078']),
  U2: rule('Anomalous successful login', 'anomalous-login', ['U2', 2], ['T1078', 'T1133']),
  U3: rule('Dormant account', 'dormant-account', ['U2', 2], ['T1078']),
  U4: rule('First VPN use', 'first-vpn-use', ['U2', 2], ['T1078']),
  N1: rule(
    'Credential stuffing from a source',
    'credential-stuffing',
    ['N', 1],
    ['T1110.004', 'T1589.001'],
    'prefix',
  ),
  N2: rule(
    'Password spraying from a source',
    'password-spraying',
    ['N', 1],
    ['T1110.003', 'T1589.001'],
    'prefix',
  ),
  P2: rule('Many accounts, one source', 'many-accounts-one-source', ['P2', 1], ['T1078'], 'prefix'),
  U1: rule('Brute force on a user', 'brute-force', ['U1', 1], ['T1110.001']),
  M1: rule('Second-factor fatigue', 'second-factor-fatigue', ['M1', 1], ['T1621']),
  S1: rule(
    'Session used from two places',
    'session-from-two-places',
    ['S1', 1],
    ['T1539', 'T1550.004', 'T1563'],
  ),
  X1: rule(
    'Success inside an attack',
    'success-inside-attack',
    ['X1', 1],
    ['T1078', 'T1110', 'T1133'],
  ),
}

function rule(name, action, [family, major], techniques, entity = 'user') {
  return { name, action, family, major, techniques, entity }
}

/** Tactics that a technique stands under in ATT&CK for Enterprise, version 17. */
export const TACTICS = {
  T1078: ['TA0001', 'TA0003', 'TA0004', 'TA0005'],
  T1110: ['TA0006'],
  T1133: ['TA0001', 'TA0003'],
  T1539: ['TA0006'],
  T1550: ['TA0005', 'TA0008'],
  T1563: ['TA0008'],
  T1589: ['TA0043'],
  T1621: ['TA0006'],
}
