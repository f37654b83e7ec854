// What happens at the gateways: the same events for every form, so that forms can be compared.
import { randomOf } from './random.mjs'

const USERS = 20_000
const START_MS = Date.UTC(2026, 2, 14, 6)

/** Events of a hundred, by kind: statistics and tunnels make up half of what an SSL-VPN gateway writes. */
const SHARES = {
  connect: 13,
  login: 16,
  failure: 14,
  'tunnel-up': 13,
  'tunnel-down': 13,
  statistics: 17,
  'ipsec-login': 5,
  'ipsec-failure': 4,
  'admin-login': 5,
}

/** Every kind of event, as often as its share. */
const DRAWN = Object.entries(SHARES).flatMap(([kind, share]) => Array(share).fill(kind))

export const KINDS = Object.keys(SHARES)

/** First octets of large access networks. */
const OCTETS = [24, 60, 71, 73, 76, 80, 84, 86, 90, 92, 98, 99, 108, 118, 122, 126, 153, 180, 188]

const NAMES = ['smith', 'mueller', 'tanaka', 'okafor', 'garcia', 'ivanova', 'lindqvist', 'haddad']

function addressOf(random) {
  return `${OCTETS[random(OCTETS.length)]}.${random(256)}.${random(256)}.${1 + random(254)}`
}

/** Makes events in the order of their time, for ever; 40 a second. */
export function eventSource(seed) {
  const random = randomOf(seed)
  const users = Array.from({ length: USERS }, (_, i) => ({
    name: `${NAMES[i % NAMES.length]}.${i.toString(36)}`,
    addresses: [addressOf(random), addressOf(random)],
  }))
  let ordinal = 0
  return () => {
    const number = ordinal++
    const user = users[Math.min(random(USERS), random(USERS))]
    const isAtHome = random(100) < 85
    return {
      kind: DRAWN[random(DRAWN.length)],
      timestampMs: START_MS + number * 25,
      ordinal: number,
      user: user.name,
      address: user.addresses[isAtHome ? 0 : 1],
      session: 800_000_000 + number,
      assigned: `10.212.${random(250)}.${1 + random(250)}`,
      bytes: random(1_000_000_000),
    }
  }
}

/** One event that does not hang on a seed: what tests put a name of their own into. */
export function eventOf(kind, user) {
  return {
    kind,
    timestampMs: START_MS,
    ordinal: 7,
    user,
    address: '198.51.100.201',
    session: 871_234_501,
    assigned: '10.212.134.20',
    bytes: 98_211_044,
  }
}

const two = (value) => String(value).padStart(2, '0')

/** The gateways' clocks are an hour ahead of UTC. */
export const OFFSET_MS = 3_600_000
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** The texts of a local time that the forms need. */
export function localTimeOf(timestampMs) {
  const local = new Date(timestampMs + OFFSET_MS)
  const year = local.getUTCFullYear()
  const month = two(local.getUTCMonth() + 1)
  const day = two(local.getUTCDate())
  const name = MONTHS[local.getUTCMonth()]
  return {
    date: `${year}-${month}-${day}`,
    slashDate: `${year}/${month}/${day}`,
    time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`,
    bsdDate: `${name} ${String(local.getUTCDate()).padStart(2)}`,
    longDate: `${name} ${local.getUTCDate()} ${year}`,
  }
}
