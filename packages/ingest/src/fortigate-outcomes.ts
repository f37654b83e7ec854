import type { FortigateRow, FortigateTable } from './fortigate-row.ts'
import { ADMINISTRATION, ENDPOINT, FIREWALL_USERS } from './fortigate-system-outcomes.ts'
import { IPSEC, PPP, SSL_VPN } from './fortigate-vpn-outcomes.ts'

/** A row with the table it stands in. */
export interface FortigateOutcome {
  readonly row: FortigateRow
  readonly table: FortigateTable
}

export const FORTIGATE_TABLES: readonly FortigateTable[] = [
  SSL_VPN,
  IPSEC,
  PPP,
  FIREWALL_USERS,
  ADMINISTRATION,
  ENDPOINT,
]

/** Zero-trust access, the one traffic line that tells of a user; it succeeds or fails by its `action`. */
export const ZTNA_ACCESS: FortigateOutcome = {
  row: {
    ids: [24],
    action: 'ztna.access',
    outcome: 'by-action',
    example: 'logid="0005000024" type="traffic"',
  },
  table: { client: 'srcip', person: 'user', rows: [] },
}

const OUTCOMES: readonly FortigateOutcome[] = FORTIGATE_TABLES.flatMap((table) =>
  table.rows.map((row) => ({ row, table })),
)

/** For every message id 1 + the index of its outcome, or 0: one load per line of an archive. */
const BY_ID = new Uint8Array(100_000)
for (const [index, { row }] of OUTCOMES.entries()) for (const id of row.ids) BY_ID[id] = index + 1

/**
 * The outcome of an event line.
 *
 * @param id last five digits of `logid`.
 */
export function fortigateOutcomeOf(id: number): FortigateOutcome | undefined {
  const index = BY_ID[id] as number
  return index === 0 ? undefined : OUTCOMES[index - 1]
}
