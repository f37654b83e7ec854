import type { AuthEvent } from '@sekisho/event'
import type { DetectConfig } from './config.ts'

/** Longest family name that is kept: a program may call itself anything. */
const FAMILY_LENGTH_MAX = 32

/**
 * Family of a client program: its name without version and platform (`Pulse-Secure/9.1.11 (Windows 10)` is
 * `pulse-secure`), folded. `''` when the line names none.
 */
export function clientFamilyOf(userAgent: string): string {
  const end = userAgent.slice(0, FAMILY_LENGTH_MAX).search(/[/\s(;,]/)
  return userAgent.slice(0, end < 0 ? FAMILY_LENGTH_MAX : end).toLowerCase()
}

/** The group that a gateway belongs to, or the gateway itself (its serial number, else its name). */
export function gatewayGroupOf(
  { gatewayGroups }: DetectConfig,
  { gateway, gatewaySerial }: Pick<AuthEvent, 'gateway' | 'gatewaySerial'>,
): string {
  for (const [group, members] of Object.entries(gatewayGroups)) {
    if (members.includes(gateway) || members.includes(gatewaySerial)) return group
  }
  return gatewaySerial === '' ? gateway : gatewaySerial
}
