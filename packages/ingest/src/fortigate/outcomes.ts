import type {
  AttemptOutcome,
  AuthFactor,
  DecidesRank,
  EventAction,
  EventOutcome,
} from '@sekisho/event'
import { FIELD } from './fields.ts'
import type { FortigateRow, FortigateTable } from './row.ts'
import { ADMINISTRATION, ENDPOINT, FIREWALL_USERS } from './system-outcomes.ts'
import { IPSEC, PPP, SSL_VPN } from './vpn-outcomes.ts'

/** A row with what its table says and every default filled in, so that all outcomes have one shape. */
export interface FortigateOutcome {
  readonly action: EventAction
  readonly outcome: EventOutcome | 'by-status' | 'by-action'
  readonly decides: DecidesRank
  readonly factor: AuthFactor
  /** null: by the general rule of `attempt-of.ts`. */
  readonly attempt: AttemptOutcome | null
  /** Slot of the client's address, or null for administrators, whose address may stand in `ui`. */
  readonly clientSlot: number | null
  readonly isIke: boolean
  readonly isUserInMessage: boolean
}

export const FORTIGATE_TABLES: readonly FortigateTable[] = [
  SSL_VPN,
  IPSEC,
  PPP,
  FIREWALL_USERS,
  ADMINISTRATION,
  ENDPOINT,
]

/** `logid` of zero-trust access, the only traffic line that is read. */
export const ZTNA_LOGID = 5_000_024

/** Zero-trust access, the one traffic line that tells of a user; it succeeds or fails by its `action`. */
export const ZTNA_ACCESS: FortigateOutcome = outcomeOfRow(
  {
    ids: [24],
    action: 'ztna.access',
    outcome: 'by-action',
    example: 'logid="0005000024" type="traffic"',
  },
  { client: 'srcip', person: 'user', rows: [] },
)

function outcomeOfRow(row: FortigateRow, table: FortigateTable): FortigateOutcome {
  return {
    action: row.action,
    outcome: row.outcome ?? 'unknown',
    decides: row.decides ?? 'no',
    factor: row.factor ?? '',
    attempt: row.attempt ?? null,
    clientSlot: table.client === 'admin' ? null : FIELD[table.client],
    isIke: table.person === 'ike',
    isUserInMessage: row.isUserInMessage ?? false,
  }
}

const OUTCOMES: FortigateOutcome[] = []

/** For every message id 1 + the index of its outcome, or 0: one load per line of an archive. */
const BY_ID = new Uint8Array(100_000)
for (const table of FORTIGATE_TABLES) {
  for (const row of table.rows) {
    OUTCOMES.push(outcomeOfRow(row, table))
    for (const id of row.ids) BY_ID[id] = OUTCOMES.length
  }
}

/**
 * The outcome of an event line.
 *
 * @param id last five digits of `logid`.
 */
export function fortigateOutcomeOf(id: number): FortigateOutcome | undefined {
  const index = BY_ID[id] as number
  return index === 0 ? undefined : OUTCOMES[index - 1]
}

const WITH_CLIENT = new Map<FortigateOutcome, Map<number, FortigateOutcome>>()

/** An outcome of lines that have the client's address in another slot; the same object for the same slot. */
export function outcomeWithClient(outcome: FortigateOutcome, clientSlot: number): FortigateOutcome {
  const known = WITH_CLIENT.get(outcome)?.get(clientSlot)
  if (known !== undefined) return known
  const bySlot = WITH_CLIENT.get(outcome) ?? new Map<number, FortigateOutcome>()
  const withClient = { ...outcome, clientSlot }
  WITH_CLIENT.set(outcome, bySlot.set(clientSlot, withClient))
  return withClient
}
