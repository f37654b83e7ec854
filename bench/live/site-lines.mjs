// FortiGate lines of a site whose people log in again and again from the same places, and attacks that are told at once.
// Seeded; no two runs differ.

import { randomOf } from './service-process.mjs'

/** First octets of large access networks, so that most addresses have a place. */
const HOME_OCTETS = [24, 60, 71, 73, 76, 80, 84, 86, 90, 92, 98, 99, 108, 118, 122, 126]
/** Networks that attacks come from; nobody is at home there. */
const ATTACK_OCTETS = [45, 77, 103, 185, 193, 194]

/** Of logins: the share that is mistyped first. */
const FAILURE_SHARE = 0.04
/** Of logins: the share from another network of the same neighbourhood. */
const ELSEWHERE_SHARE = 0.1

/** Users that nobody has heard of at one address: the fourth makes the alert (docs/rules/N1.md), unless the site is still in its cold start. */
export const ATTACK_LINES = 4

const KINDS = {
  login: ['0101039424', 'tunnel-up', 'ssl-web', 'login successfully', 'SSL tunnel established'],
  end: ['0101039425', 'tunnel-down', 'ssl-web', 'N/A', 'SSL tunnel shutdown'],
  statistics: ['0101039949', 'tunnel-stats', 'ssl-tunnel', 'N/A', 'SSL tunnel statistics'],
  failure: [
    ...['0101039426', 'ssl-login-fail', 'ssl-web', 'sslvpn_login_permission_denied'],
    'SSL user failed to logged in',
  ],
  unknown: [
    ...['0101039426', 'ssl-login-fail', 'ssl-web', 'sslvpn_login_unknown_user'],
    'SSL user failed to logged in',
  ],
}

export class SiteLines {
  #random
  #users
  #serial = 0
  #statistics

  /**
   * @param users of the site, each with a home network and another one near it
   * @param statistics lines of each session between its login and its end, which no rule reads
   */
  constructor(users, { seed = 1, statistics = 0 } = {}) {
    this.#random = randomOf(seed)
    this.#statistics = statistics
    this.#users = Array.from({ length: users }, (_, number) => this.#newUser(number))
  }

  /** The next line of somebody: a login, its end, or a typing error before it. */
  next(timestampMs) {
    const user = this.#users[Math.floor(this.#random() * this.#users.length)]
    return this.#lineOf(user, timestampMs)
  }

  /** The next line of one user: who is in a session ends it. */
  ofUser(number, timestampMs) {
    return this.#lineOf(this.#users[number], timestampMs)
  }

  /** Failed logins of names that do not exist from the n-th network; the last one makes the alert. @param at time of each, epoch ms */
  attack(number, at) {
    const prefix = attackPrefixOf(number)
    const address = prefix.replace('0/24', '9')
    return at.map((timestampMs, index) => {
      const name = `guess${number.toString(36)}.${index}`
      return this.#text('unknown', name, address, timestampMs, 0)
    })
  }

  #newUser(number) {
    const random = this.#random
    const first = HOME_OCTETS[Math.floor(random() * HOME_OCTETS.length)]
    const [second, third, host] = [256, 256, 254].map((size) => Math.floor(random() * size))
    return {
      name: `user.${number.toString(36)}.${(number * 7919) % 1000}`,
      home: `${first}.${second}.${third}.${1 + host}`,
      elsewhere: `${first}.${second}.${third ^ 1}.${1 + host}`,
      address: '',
      session: 0,
      statisticsLeft: 0,
      hasFailed: false,
    }
  }

  #lineOf(user, timestampMs) {
    if (user.session !== 0) {
      const { session } = user
      if (user.statisticsLeft-- > 0) {
        return this.#text('statistics', user.name, user.address, timestampMs, session)
      }
      user.session = 0
      return this.#text('end', user.name, user.address, timestampMs, session)
    }
    if (!user.hasFailed) {
      user.address = this.#random() < ELSEWHERE_SHARE ? user.elsewhere : user.home
      user.hasFailed = this.#random() < FAILURE_SHARE
      if (user.hasFailed) return this.#text('failure', user.name, user.address, timestampMs, 0)
    }
    user.hasFailed = false
    user.statisticsLeft = this.#statistics
    user.session = 800_000_000 + this.#serial
    return this.#text('login', user.name, user.address, timestampMs, user.session)
  }

  #text(kind, name, address, timestampMs, session) {
    const [logid, action, tunnelType, reason, message] = KINDS[kind]
    const serial = this.#serial++
    const [date, rest] = new Date(timestampMs).toISOString().split('T')
    const nanoseconds = `${timestampMs}${String(serial % 1_000_000).padStart(6, '0')}`
    const duration = kind === 'end' ? ' duration=1800 sentbyte=97000 rcvdbyte=310000' : ''
    return `<190>date=${date} time=${rest.slice(0, 8)} devname="edge-fgt-01" devid="FG100FTK26000001" eventtime=${nanoseconds} tz="+0000" logid="${logid}" type="event" subtype="vpn" level="information" vd="root" logdesc="${message}" action="${action}" tunneltype="${tunnelType}" tunnelid=${session} remip=${address} srccountry="Reserved" user="${name}" group="VPN-Staff" dst_host="N/A" reason="${reason}"${duration} msg="${message}"`
  }
}

/** Source network of the n-th attack; up to 393,216 of them. */
export function attackPrefixOf(number) {
  const first = ATTACK_OCTETS[number % ATTACK_OCTETS.length]
  const block = Math.floor(number / ATTACK_OCTETS.length)
  return `${first}.${(block >> 8) & 255}.${block & 255}.0/24`
}
