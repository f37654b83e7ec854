import type { PulseMatch } from './outcomes.ts'
import type { PulseRecord } from './record.ts'

/** Codes of administrators' lines beside those that begin with `ADM`. */
const ADMIN_CODES: ReadonlySet<string> = new Set([
  ...['AUT23458', 'AUT24412', 'AUT30615', 'AUT30616', 'AUT30684', 'AUT30685', 'AUT31205'],
])

/**
 * Whether a line is an administrator's. Its code tells; forms without a code word the lines of administrators as
 * anybody's, and then the realm `Admin Users`, or a role that begins with a dot as all of theirs do, tells.
 */
export function isAdminLine({ code, roles, realm }: PulseRecord, { row }: PulseMatch): boolean {
  if (row.isAdmin === true || code.startsWith('ADM') || ADMIN_CODES.has(code)) return true
  if (code !== '' && row.codes?.includes(code) === true) return false
  return roles.startsWith('.') || realm === 'Admin Users'
}
