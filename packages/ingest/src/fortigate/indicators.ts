import type { Indicator, LoggedEvent } from '@sekisho/event'
import { isLoopback } from '../text/address-in.ts'

/**
 * Parts of the configuration whose change is a sign worth a look, by the beginning of `cfgpath`: what intruders of
 * public cases changed (docs/formats.md, signs of compromise). Longer paths come before those they begin with.
 */
const SIGNS: readonly (readonly [path: string, indicator: Indicator])[] = [
  ['system.admin', 'administrator-changed'],
  ['system.api-user', 'administrator-changed'],
  ['system.sso-admin', 'administrator-changed'],
  ['system.automation-', 'automation-changed'],
  ['user.local', 'account-changed'],
  ['user.group', 'authentication-changed'],
  ['user.saml', 'authentication-changed'],
  ['user.radius', 'authentication-changed'],
  ['user.ldap', 'authentication-changed'],
  ['vpn.ssl.settings', 'vpn-configuration-changed'],
  ['vpn.ssl.web.portal', 'vpn-configuration-changed'],
  ['vpn.ipsec.phase1-interface', 'vpn-configuration-changed'],
  ['log.syslogd', 'log-target-changed'],
]

/** The sign that a change of the configuration is, `''` when it is none. */
export function configIndicatorOf({ configPath, configAttribute }: LoggedEvent): Indicator {
  const sign = SIGNS.find(([path]) => configPath.startsWith(path))
  if (sign !== undefined) return sign[1]
  if (configPath === 'firewall.policy' && /ssl\.|sslvpn|groups\[/.test(configAttribute))
    return 'policy-changed'
  if (configPath === 'system.settings' && configAttribute.includes('gui-sslvpn'))
    return 'vpn-configuration-changed'
  return ''
}

/** Resolvers that exploits of the web console put in place of the client (public cases of CVE-2024-55591). */
const RESOLVERS: ReadonlySet<string> = new Set([
  '1.1.1.1',
  '8.8.8.8',
  '8.8.4.4',
  '1.0.0.1',
  '9.9.9.9',
])

/**
 * True for an administrator on the web console (`jsconsole`) from an address that nobody has there: the gateway's
 * own, a loopback or a well-known resolver. A console has no address of its own in `ui`.
 */
export function isConsoleLogin(ui: string, source: string, destination: string): boolean {
  if (!ui.startsWith('jsconsole')) return false
  const isOwn = source !== '' && source === destination
  return isOwn || isLoopback(source) || RESOLVERS.has(source)
}
