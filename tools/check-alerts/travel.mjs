import { networkOf } from './address.mjs'
import { checkSentence, wholeTextOf } from './document.mjs'
import { TRAVEL } from './published.mjs'

const HOUR_MS = 3_600_000
const RADIANS = Math.PI / 180

/** Great-circle distance by the spherical law of haversines, km (docs/rules/T1.md). */
export function haversineKm(a, b) {
  const hav = (angle) => (1 - Math.cos(angle * RADIANS)) / 2
  const chord =
    hav(b.lat - a.lat) + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * hav(b.lon - a.lon)
  return 2 * TRAVEL.earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/**
 * The geometry of an impossible travel from both places, radii and spans (docs/rules/T1.md): distances are rounded to
 * metres, the speed to a tenth.
 *
 * @param isOneClock both lines are of one session and one gateway, and the gap is between them (S1)
 * @returns the recomputed values, or null without travel
 */
export function checkTravel(ledger, lines, isOneClock = false) {
  const travel = ledger.at('sekisho.travel')
  if (travel === undefined) return null
  const { from, to } = travel
  for (const name of ['from', 'to']) checkEnd(ledger, lines, name, travel[name])
  const distanceKm = haversineKm(from.location, to.location)
  // A metre of the distance rounded twice, and nothing else.
  ledger.number('sekisho.travel.distance_km', rounded(distanceKm, 1000), 0.0011)
  const lowerKm = rounded(Math.max(0, distanceKm - from.radius_km - to.radius_km), 1000)
  ledger.number('sekisho.travel.distance_lower_km', lowerKm, 0.0021)
  const [a, b] = [spanOf(from), spanOf(to)]
  const gapMs = Math.max(0, Math.max(a.firstMs, b.firstMs) - Math.min(a.lastMs, b.lastMs))
  ledger.number('sekisho.travel.gap_s', gapMs / 1000)
  const elapsedMs = elapsedMsOf(lines, { ...from, ...a }, { ...to, ...b }, gapMs, isOneClock)
  ledger.number('sekisho.travel.elapsed_upper_s', elapsedMs / 1000)
  const speedKmh = lowerKm / (elapsedMs / HOUR_MS)
  ledger.number('sekisho.travel.speed_lower_kmh', rounded(speedKmh, 10), 0.11)
  ledger.holds(lowerKm >= TRAVEL.distanceLimitKm, `sekisho.travel: ${lowerKm} km is too near`)
  ledger.holds(speedKmh >= TRAVEL.speedLimitKmh, `sekisho.travel: ${speedKmh} km/h is possible`)
  ledger.holds(gapMs <= TRAVEL.gapMsMax, 'sekisho.travel: more than a day apart')
  const isOneCountry = from.country_iso_code === to.country_iso_code
  const isMobile = from.network_class === 'mobile' || to.network_class === 'mobile'
  ledger.holds(!(isOneCountry && isMobile), 'sekisho.travel: a carrier within one country')
  return { distanceKm, lowerKm, gapMs, elapsedMs, speedKmh }
}

function rounded(value, fraction) {
  return Math.round(value * fraction) / fraction
}

function spanOf({ first, last }) {
  return { firstMs: Date.parse(first), lastMs: Date.parse(last) }
}

/** An end lies in the network of its address, and its times are those of lines there, or of a session that ended there. */
function checkEnd(ledger, lines, name, end) {
  const path = `sekisho.travel.${name}`
  ledger.fact(`${path}.prefix`, networkOf(end.ip))
  ledger.holds(end.radius_km >= TRAVEL.radiusKmMin, `${path}.radius_km is ${end.radius_km}`)
  const here = lines.filter(({ network }) => network === end.prefix)
  ledger.holds(
    here.some(({ ip }) => ip === end.ip),
    `${path}.ip is in no line of evidence`,
  )
  const { firstMs, lastMs } = spanOf(end)
  const starts = here.flatMap(({ timeMs, raw }) => {
    const durationMs = Math.min(raw?.durationMs ?? 0, TRAVEL.sessionMsMax)
    return [timeMs, timeMs - durationMs]
  })
  ledger.holds(starts.includes(firstMs), `${path}.first is the time of no line of evidence`)
  const isLast = here.some(({ timeMs }) => timeMs === lastMs)
  ledger.holds(isLast, `${path}.last is the time of no line of evidence`)
}

/** The gap, what two gateways' clocks may be apart, and what the two lines' clocks cannot show. */
function elapsedMsOf(lines, from, to, gapMs, isOneClock) {
  const [earlier, later] = from.firstMs <= to.firstMs ? [from, to] : [to, from]
  const left = lineAt(lines, earlier.prefix, earlier.lastMs)
  const right = lineAt(lines, later.prefix, later.firstMs)
  const isOneGateway = isOneClock || left?.gateway === right?.gateway
  const resolutionMs = (left?.raw?.resolutionMs ?? 0) + (right?.raw?.resolutionMs ?? 0)
  const elapsedMs = gapMs + (isOneGateway ? 0 : TRAVEL.clockErrorMs) + resolutionMs
  return Math.max(TRAVEL.elapsedMsMin, elapsedMs)
}

function lineAt(lines, prefix, timeMs) {
  const here = lines.filter(({ network }) => network === prefix)
  return here.find((line) => line.timeMs === timeMs) ?? here[0]
}

/** A term of travel repeats the geometry among its quantities and in its sentence. */
export function checkTravelTerm(ledger, path, geometry) {
  const q = `${path}.quantities`
  ledger.number(`${q}.distance_km`, ledger.at('sekisho.travel.distance_km'))
  ledger.number(`${q}.distance_lower_km`, ledger.at('sekisho.travel.distance_lower_km'))
  ledger.number(`${q}.distance_limit_km`, TRAVEL.distanceLimitKm)
  ledger.number(`${q}.gap_s`, geometry.gapMs / 1000)
  ledger.number(`${q}.elapsed_upper_s`, geometry.elapsedMs / 1000)
  const speedKmh = ledger.at(`${q}.distance_lower_km`) / (geometry.elapsedMs / HOUR_MS)
  ledger.number(`${q}.speed_lower_kmh`, speedKmh, speedKmh * 1e-12)
  ledger.number(`${q}.speed_limit_kmh`, TRAVEL.speedLimitKmh)
  const { asn, as_name: name, ip, network_class: networkClass } = ledger.at('sekisho.travel.from')
  const network = asn === undefined ? 'unknown network' : `AS${asn} ${name ?? ''}`.trim()
  checkSentence(ledger, `${path}.why`, `(${ip}, ${network} (${networkClass}))`)
  checkSentence(ledger, `${path}.why`, `at least ${wholeTextOf(geometry.lowerKm)} km`)
}
