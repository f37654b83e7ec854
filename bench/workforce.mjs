// A workforce and its logins, day by day, as located attempts: what stage U reads. Seeded; no two runs differ.

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** 2026-01-05, a Monday. */
const FIRST_DAY = 20_458
const CHUNK = 1000

/** A 32-bit hash of numbers (xorshift multiply): random, but a function of what it is asked for. */
function mixed(...numbers) {
  let hash = 0x9e3779b9
  for (const number of numbers) {
    hash = Math.imul(hash ^ number, 0x85ebca6b)
    hash ^= hash >>> 13
    hash = Math.imul(hash, 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash >>> 0
}

const chance = (...numbers) => mixed(...numbers) / 4294967296

/** Operators of home lines, with a city each, and of mobile networks. */
const HOMES = Array.from({ length: 12 }, (_, i) =>
  placeOf('residential', 64_500 + i, 34 + i * 0.5, 133 + i * 0.6, 50),
)
const MOBILES = Array.from({ length: 4 }, (_, i) => placeOf('mobile', 64_600 + i, 35, 137, 1100))
const OFFICE = placeOf('corp_egress', 64_700, 35.68, 139.76, 50)
const ABROAD = placeOf('residential', 64_800, 50.11, 8.68, 50)

function placeOf(networkClass, asn, latitude, longitude, radiusKm) {
  const country = asn === 64_800 ? 'DE' : 'JP'
  const where = { hasLocation: true, latitude, longitude, radiusKm, country, city: '' }
  return { ...where, asn, asName: `Operator ${asn}`, networkClass, why: 'bench' }
}

const GATEWAYS = [0, 1, 2, 3].map((n) => `edge-${n}`)
const SERIALS = [0, 1, 2, 3].map((n) => `FG100F${n}`)

/** The networks of a user: a home /24 that four users share, a mobile operator, an office of 500. */
function networkOf(user, day, kind) {
  if (kind === 'home') {
    const block = mixed(user, 1) % 250_000
    return [
      HOMES[block % HOMES.length],
      `${20 + Math.floor(block / 65_536)}.${(block >> 8) & 255}.${block & 255}.${1 + (user % 254)}`,
    ]
  }
  if (kind === 'mobile') {
    const operator = mixed(user, 2) % MOBILES.length
    const block = mixed(user, 3) % 3
    return [
      MOBILES[operator],
      `60.${operator}.${mixed(user, block) % 256}.${1 + (mixed(user, day) % 254)}`,
    ]
  }
  if (kind === 'office') {
    const office = Math.floor(user / 500)
    return [OFFICE, `70.${(office >> 8) & 255}.${office & 255}.1`]
  }
  return [ABROAD, `80.${mixed(user, 5) % 256}.${mixed(user, day) % 256}.9`]
}

function kindOf(user, day) {
  const roll = chance(user, day, 7)
  if (roll < 0.002) return 'abroad'
  // One in four is often on the road; the others hardly ever use their phone's network.
  if (roll < (chance(user, 10) < 0.25 ? 0.25 : 0.005)) return 'mobile'
  return chance(user, 8) < 0.25 ? 'office' : 'home'
}

/** Attempts of one day in chunks by time. `sessions`: each login is also followed by the line that ends its session. */
export function* dayOfAttempts(users, day, { sessions = false } = {}) {
  const weekday = day % 7
  const lines = []
  for (let user = 0; user < users; user++) {
    if (chance(user, day, 1) >= (weekday < 5 ? 0.8 : 0.05)) continue
    const time = Math.floor((7 + 3 * chance(user, 9) + 2 * chance(user, day, 2)) * HOUR_MS)
    if (chance(user, day, 3) < 0.08) lines.push(user * 4 + 1, time - 20_000)
    lines.push(user * 4, time)
    if (chance(user, day, 4) < 0.1) lines.push(user * 4 + 2, time + 5 * HOUR_MS)
    if (sessions) lines.push(user * 4 + 3, time + 8 * HOUR_MS)
  }
  const count = lines.length / 2
  const order = new Uint32Array(count)
    .map((_, i) => i)
    .sort((a, b) => lines[2 * a + 1] - lines[2 * b + 1])
  for (let from = 0; from < count; from += CHUNK) {
    const chunk = []
    for (let i = from; i < Math.min(count, from + CHUNK); i++) {
      const at = order[i]
      chunk.push(attemptOf(lines[2 * at], day, lines[2 * at + 1], from + i))
    }
    yield chunk
  }
}

/** A text in one piece, as a parser makes them: to put pieces together later would be counted as the state's work. */
const whole = (text) => Buffer.from(text, 'latin1').toString('latin1')

function attemptOf(code, day, msOfDay, number) {
  const user = Math.floor(code / 4)
  const what = code % 4
  const [place, address] = networkOf(user, day, kindOf(user, day))
  const sourceAddress = whole(address)
  const name = whole(`user.${user.toString(36)}`)
  const timestampMs = (FIRST_DAY + day) * DAY_MS + msOfDay
  const isFailure = what === 1
  const hex = [mixed(code, day, 1), mixed(code, day, 2), mixed(code, day, 3), mixed(code, day, 4)]
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('')
  return {
    id: whole(hex),
    event: {
      timestampMs,
      resolutionMs: 1,
      vendor: 'fortigate',
      outcome: isFailure ? 'failure' : 'success',
      attempt: isFailure ? 'bad_credential' : what === 3 ? 'session_end' : 'success',
      userRaw: name,
      userName: name,
      userDomain: '',
      userKey: name,
      realm: '',
      sourceAddress,
      gateway: GATEWAYS[user % 4],
      gatewaySerial: SERIALS[user % 4],
      sessionId: what === 3 ? String(1_000_000_000 + user) : '',
      userAgent: '',
      deviceId: '',
      decides: what === 3 ? 'no' : 'yes',
      durationS: what === 3 ? 28_800 : -1,
    },
    prefix: `${sourceAddress.slice(0, sourceAddress.lastIndexOf('.'))}.0/24`,
    place,
    line: { path: 'edge.log', number },
    rawSha256: whole(hex + hex),
  }
}
