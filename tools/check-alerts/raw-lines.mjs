import { addressOf } from './address.mjs'

const QUARTER_HOUR_MS = 900_000

/**
 * What a raw line says, read by a few patterns: no more than is needed to hold evidence against it.
 *
 * @returns `timeMs` (null when the line has no zone, then `localMs`), `resolutionMs`, `users`, `addresses` and
 *   `gateways` that it names, `kind` (success, partial, failure, end, other), `isUnknownUser`, `durationMs`; null when it is no line of
 *   either vendor
 */
export function readRawLine(text) {
  if (/\btime="\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"/.test(text)) return pulseWelfOf(text)
  if (/\bdate=\d{4}-\d\d-\d\d\b/.test(text)) return fortiGateOf(text)
  return pulseStandardOf(text)
}

/** Values of `key=value` and `key="value"`; of a repeated key the first. */
function fieldsOf(text) {
  const fields = new Map()
  for (const [, key, plain, quoted] of text.matchAll(
    /([A-Za-z][\w-]*)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g,
  )) {
    if (!fields.has(key)) fields.set(key, plain ?? quoted ?? '')
  }
  return fields
}

function fortiGateOf(text) {
  const fields = fieldsOf(text)
  const valuesOf = (...keys) =>
    keys.map((key) => fields.get(key) ?? '').filter((each) => each !== '')
  const users = valuesOf('user', 'xauthuser', 'eapuser', 'useralt')
  const duration = fields.get('duration')
  return {
    ...fortiGateTimeOf(fields),
    users: [...users, ...users.map((user) => user.replace(/\\(["\\])/g, '$1'))],
    addresses: valuesOf('remip', 'srcip', 'rip', 'ui').map((each) =>
      addressOf(each.replace(/^.*\((.*)\)$/, '$1')),
    ),
    gateways: valuesOf('devname', 'devid'),
    kind: fortiGateKindOf(fields),
    isUnknownUser: /unknown_user/.test(fields.get('reason') ?? ''),
    durationMs: duration === undefined ? null : Number(duration) * 1000,
  }
}

function fortiGateTimeOf(fields) {
  const eventTime = fields.get('eventtime') ?? ''
  if (/^\d{13,19}$/.test(eventTime)) {
    return { timeMs: Number(eventTime.slice(0, 13)), resolutionMs: 1 }
  }
  if (/^\d{10}$/.test(eventTime)) return { timeMs: Number(eventTime) * 1000, resolutionMs: 1000 }
  const localMs = Date.parse(`${fields.get('date')}T${fields.get('time')}Z`)
  const zone = /^([+-])(\d\d):?(\d\d)$/.exec(fields.get('tz') ?? '')
  if (zone === null) return { timeMs: null, localMs, resolutionMs: 1000 }
  const aheadMs = (Number(zone[2]) * 60 + Number(zone[3])) * 60_000
  return { timeMs: localMs - (zone[1] === '-' ? -aheadMs : aheadMs), resolutionMs: 1000 }
}

function fortiGateKindOf(fields) {
  const action = fields.get('action') ?? ''
  const status = fields.get('status') ?? fields.get('result') ?? ''
  if (/fail|denied|error/i.test(action) || /^(fail|deni|error)/i.test(status)) return 'failure'
  if (/down|logout|exit|delete/i.test(action)) return 'end'
  if (/^(tunnel-up|ssl-new-con|login|negotiate)$/i.test(action)) {
    return action === 'tunnel-up' || /^succ/i.test(status) ? 'success' : 'other'
  }
  return 'other'
}

function pulseWelfOf(text) {
  const inner = /\btime="(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)"/.exec(text)
  const user = /\buser=(.*?) realm=/.exec(text)
  const source = /\bsrc=(\S*)/.exec(text)
  const message = /\bmsg="(.*)"/.exec(text)?.[1] ?? ''
  return {
    ...pulseTimeOf(text, inner),
    users: usersOf(user?.[1] ?? '', message),
    addresses: [addressOf(source?.[1] ?? ''), ...addressesIn(message)],
    gateways: [/\bvpn=(\S*)/.exec(text)?.[1] ?? '', /\bfw=(\S*)/.exec(text)?.[1] ?? ''],
    ...pulseMessageOf(message),
  }
}

function pulseStandardOf(text) {
  const inner =
    /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) - (\S+) - \[([^\]]*)\] (?:[^:]*::)?(.*?)\(([^)]*)\)\[[^\]]*\](?:\[[^\]]*\])* - (.*)$/.exec(
      text,
    )
  if (inner === null) return null
  return {
    ...pulseTimeOf(text, inner),
    users: usersOf(inner[5], inner[7]),
    addresses: [addressOf(inner[4]), ...addressesIn(inner[7])],
    gateways: [inner[3]],
    ...pulseMessageOf(inner[7]),
  }
}

/** The user of the line's head, and the one that its message is about (`for user jdoe/Users`). */
function usersOf(head, message) {
  const named = /\bfor (?:user:? ?)?\[?([^/[\]]+)\//.exec(message)?.[1]
  return [head, head.replace(/^"(.*)"$/, '$1'), ...(named === undefined ? [] : [named])]
}

/** Addresses that a message says a client came from or moved to. */
function addressesIn(message) {
  const named = message.matchAll(/\b(?:from|to) \[?([0-9a-fA-F.:]+[0-9a-fA-F])/g)
  return [...named].map(([, address]) => addressOf(address)).filter((each) => each !== '')
}

/** The device's own clock has no zone; the header's has, so that the zone is their difference in quarters of an hour. */
function pulseTimeOf(text, inner) {
  const localMs = Date.parse(`${inner[1]}T${inner[2]}Z`)
  const header = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/.exec(text)
  if (header === null || header.index > inner.index) {
    return { timeMs: null, localMs, resolutionMs: 1000 }
  }
  const quarters = Math.round((localMs - Date.parse(header[0])) / QUARTER_HOUR_MS)
  return { timeMs: localMs - quarters * QUARTER_HOUR_MS, resolutionMs: 1000 }
}

function pulseMessageOf(message) {
  const seconds = /\bafter (\d+) seconds/.exec(message)?.[1]
  return {
    kind: pulseKindOf(message),
    isUnknownUser: false,
    durationMs: seconds === undefined ? null : Number(seconds) * 1000,
  }
}

function pulseKindOf(message) {
  if (/\b(failed|denied|rejected|locked|not allowed|Could not)\b/i.test(message)) return 'failure'
  if (/\b(ended|Logout|Closed|deleted|terminated|timed out)\b/.test(message)) return 'end'
  if (/authentication successful/i.test(message)) return 'partial'
  return /\b(login succeeded|Session (created|started))\b/i.test(message) ? 'success' : 'other'
}
