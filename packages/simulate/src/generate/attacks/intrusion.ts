import { HOUR_MS, MINUTE_MS } from '../clock.ts'
import type { ConfigurationChange } from '../lines/administrator.ts'
import type { Act } from './act.ts'
import type { Attack } from './stage.ts'
import { loginsWith } from './stolen.ts'

const NEW_ACCOUNTS = ['support', 'backup', 'itadmin', 'secadmin', 'audit', 'fortiadm']

function changesFor(account: string): ConfigurationChange[] {
  return [
    { path: 'system.admin', object: account, attribute: 'accprofile[super_admin]password[*]' },
    { path: 'user.local', object: account, attribute: 'status[enable]type[password]passwd[*]' },
    { path: 'user.group', object: 'VPN-Staff', attribute: `member[${account}]` },
    { path: 'vpn.ssl.settings', object: '', attribute: 'source-address[all]' },
  ]
}

/** An exploited gateway: an administrator from the internet, a new account, and its login. */
export const administratorCreation: Attack = {
  kind: 'administrator-creation',
  describe: 'An administrator from the internet creates an account and logs in with it',
  perMonth: 2,
  spanDays: 1,
  plan: (stage) => {
    const { random, company } = stage
    const gateway = random.pick(company.gateways)
    const address = stage.addressIn(stage.network('hosting', stage.foreignCountry()))
    const [account, timeMs] = [random.pick(NEW_ACCOUNTS), stage.anyTime()]
    const changes = changesFor(account)
    const endMs = timeMs + (changes.length + 3) * MINUTE_MS
    const acts: Act[] = [
      { kind: 'administrator', timeMs, endMs, gateway, user: 'admin', address, changes },
      stage.session(gateway, account, address, endMs + random.integer(2, 50) * MINUTE_MS),
    ]
    return { acts, traits: { vendor: gateway.isPulse ? 'pulse' : 'fortigate' } }
  },
}

/** A stolen login, after which the gateway's lines do not reach the collector for some hours. */
export const logSuppression: Attack = {
  kind: 'log-suppression',
  describe: 'A stolen login from abroad, after which the gateway is silent for hours',
  perMonth: 2,
  spanDays: 1,
  plan: (stage) => {
    const { random } = stage
    const person = stage.victim()
    if (person === null) return null
    const gateway = stage.gatewayOf(person)
    const network = random.pick(['hosting', 'anon'] as const)
    const address = stage.addressIn(stage.network(network, stage.foreignCountry()))
    const startMs = stage.anyTime()
    const fromMs = startMs + random.integer(3, 20) * MINUTE_MS
    const hours = random.integer(1, 5)
    const silence = { gateway: gateway.name, fromMs, toMs: fromMs + hours * HOUR_MS }
    return {
      acts: loginsWith(stage, person, address, startMs),
      traits: { network, hours },
      silences: [silence],
    }
  },
}
