// The forms in which FortiOS and FortiAnalyzer write the same pairs.
import { localTimeOf } from './events.mjs'
import { BARE, fortigatePairsOf, trafficPairsOf } from './fortigate-pairs.mjs'
import { jsonTextOf } from './json-text.mjs'

const quotedEscapes = (text) => text.replace(/["\\]/g, '\\$&')
const cefEscapes = (text) => text.replace(/[\\=|]/g, '\\$&')
const jsonEscapes = (text) => JSON.stringify(text).slice(1, -1)

/** `key="value"`, numbers and addresses bare. */
function keyValues(pairs, separator) {
  const texts = pairs.map(([key, value]) =>
    typeof value !== 'string' || BARE.has(key)
      ? `${key}=${value}`
      : `${key}="${quotedEscapes(value)}"`,
  )
  return texts.join(separator)
}

function without(pairs, ...names) {
  return pairs.filter(([key]) => !names.includes(key))
}

function valueIn(pairs, name) {
  return pairs.find(([key]) => key === name)?.[1] ?? ''
}

/** Order and additions of a FortiAnalyzer: what a stranger types comes before the address. */
function analyzerPairsOf(event) {
  const pairs = fortigatePairsOf(event)
  const { date, time } = localTimeOf(event.timestampMs)
  const seconds = Math.floor(event.timestampMs / 1000)
  const first = 'date time logid type subtype level action msg logdesc user'.split(' ')
  const last = 'eventtime tz devid vd devname'.split(' ')
  const named = (names) => pairs.filter(([key]) => names.includes(key))
  const inOrder = (names) => names.flatMap((name) => named([name]))
  return [
    ...inOrder(first.slice(0, 2)),
    ['id', BigInt(`7314796${String(event.ordinal).padStart(12, '0')}`)],
    ['itime', `${date} ${time}`],
    ['euid', 1039],
    ['epid', 3],
    ['dsteuid', 3],
    ['dstepid', 3],
    ['logver', 704_052_702],
    ...inOrder(first.slice(2)),
    ...without(pairs, ...first, ...last),
    ...inOrder(last.slice(0, 4)),
    ['dtime', `${date} ${time}`],
    ['itime_t', seconds],
    ...inOrder(last.slice(4)),
  ]
}

const CEF_NAMES = {
  user: 'duser',
  srcip: 'src',
  dstip: 'dst',
  remip: 'dst',
  locip: 'src',
  action: 'act',
  ui: 'sproc',
  reason: 'reason',
  msg: 'msg',
  devid: 'deviceExternalId',
  cookies: 'requestCookies',
  remport: 'dpt',
  locport: 'spt',
  sentbyte: 'out',
  rcvdbyte: 'in',
}

/** FortiOS counts severities the other way round. */
const CEF_SEVERITIES = { alert: 7, error: 5, notice: 3, information: 2 }

function cefText(pairs) {
  return pairs
    .map(([key, value]) => `${key}=${typeof value === 'string' ? cefEscapes(value) : value}`)
    .join(' ')
}

function fortiosCefPairsOf(pairs) {
  const kept = without(pairs, 'date', 'time', 'devname', 'devid')
  const named = kept.map(([key, value]) => {
    if (key === 'type') return ['cat', `${value}:${valueIn(pairs, 'subtype')}`]
    if (key === 'status') return ['outcome', value]
    return [CEF_NAMES[key] ?? `FTNTFGT${key}`, value]
  })
  return [['deviceExternalId', valueIn(pairs, 'devid')], ...named]
}

/** FortiAnalyzer keeps `status`, writes no prefix and the full logid (addresses of VPN lines: our assumption, as FortiOS). */
function analyzerCefPairsOf(event, pairs) {
  const { longDate, time } = localTimeOf(event.timestampMs)
  const kept = without(pairs, 'date', 'time', 'devname', 'devid', 'vd', 'eventtime', 'tz', 'logid')
  const named = kept.map(([key, value]) => {
    if (key === 'type') return ['cat', value]
    if (key === 'level') return ['deviceSeverity', value]
    return [CEF_NAMES[key] ?? key, value]
  })
  return [
    ['start', `${longDate} ${time}`],
    ['logver', 704_052_702],
    ['deviceExternalId', valueIn(pairs, 'devid')],
    ['dvchost', valueIn(pairs, 'devname')],
    ...['vd', 'eventtime', 'tz', 'logid'].map((key) => [key, valueIn(pairs, key)]),
    ...named,
  ]
}

function cefOf(header, pairs) {
  return `CEF:0|${header.join('|')}|${cefText(pairs)}`
}

const CEF_HEADER_NAMES = ['vendor', 'product', 'version', 'signature', 'name', 'severity']

function cefObject(header, pairs) {
  return jsonTextOf([...header.map((value, index) => [CEF_HEADER_NAMES[index], value]), ...pairs])
}

function fortiosCef(event) {
  const pairs = fortigatePairsOf(event)
  const of = (name) => valueIn(pairs, name)
  const words = [`${of('type')}:${of('subtype')}`, of('action'), of('status')]
  const name = words.filter((word) => word !== '').join(' ')
  const severity = CEF_SEVERITIES[of('level')]
  return {
    header: ['Fortinet', 'Fortigate', 'v7.4.5', of('logid').slice(-5), name, severity],
    pairs: fortiosCefPairsOf(pairs),
  }
}

function analyzerCef(event) {
  const pairs = fortigatePairsOf(event)
  const of = (name) => valueIn(pairs, name)
  const name = `${of('subtype')} event ${of('action')}`
  return {
    header: ['Fortinet', 'FortiGate-100F', '7.4.5,build2702 (GA)', of('logid'), name, 4],
    pairs: analyzerCefPairsOf(event, pairs),
  }
}

function rfc5424(event) {
  const stamp = new Date(event.timestampMs).toISOString().replace(/\.\d+/, '')
  const pairs = without(fortigatePairsOf(event), 'date', 'time', 'devname', 'devid')
  return { stamp, host: 'edge-fgt-01', pairs }
}

function isTrafficAt(event) {
  return event.ordinal % 20 !== 0
}

const archivePairsOf = (event) =>
  isTrafficAt(event) ? trafficPairsOf(event) : fortigatePairsOf(event)

export const FORTIGATE_FORMS = [
  {
    name: 'key-value',
    escaped: quotedEscapes,
    line: (event) => `<190>${keyValues(fortigatePairsOf(event), ' ')}`,
    object: (event) => jsonTextOf(fortigatePairsOf(event)),
    goal: 2,
  },
  {
    name: 'csv',
    escaped: quotedEscapes,
    line: (event) => `<190>${keyValues(fortigatePairsOf(event), ',')}`,
    object: (event) => jsonTextOf(fortigatePairsOf(event)),
    goal: 2,
  },
  {
    name: 'rfc5424',
    escaped: quotedEscapes,
    line: (event) => {
      const { stamp, host, pairs } = rfc5424(event)
      return `<190>1 ${stamp} ${host} - - - - ${keyValues(pairs, ' ')}`
    },
    object: (event) => {
      const { stamp, host, pairs } = rfc5424(event)
      return jsonTextOf([['timestamp', stamp], ['host', host], ...pairs])
    },
    goal: 2,
  },
  {
    name: 'fortianalyzer',
    escaped: quotedEscapes,
    line: (event) => keyValues(analyzerPairsOf(event), ' '),
    object: (event) => jsonTextOf(analyzerPairsOf(event)),
    goal: 2,
  },
  {
    name: 'json',
    escaped: jsonEscapes,
    line: (event) => jsonTextOf(fortigatePairsOf(event)),
    object: (event) => jsonTextOf(fortigatePairsOf(event)),
    goal: 1,
  },
  {
    name: 'cef-fortios',
    escaped: cefEscapes,
    line: (event) => {
      const { header, pairs } = fortiosCef(event)
      const { bsdDate, time } = localTimeOf(event.timestampMs)
      return `<190>${bsdDate} ${time} edge-fgt-01 ${cefOf(header, pairs)}`
    },
    object: (event) => {
      const { header, pairs } = fortiosCef(event)
      return cefObject(header, pairs)
    },
    goal: 1,
  },
  {
    name: 'cef-fortianalyzer',
    escaped: cefEscapes,
    line: (event) => {
      const { header, pairs } = analyzerCef(event)
      return cefOf(header, pairs)
    },
    object: (event) => {
      const { header, pairs } = analyzerCef(event)
      return cefObject(header, pairs)
    },
    goal: 1,
  },
  {
    name: 'archive',
    line: (event) => `<190>${keyValues(archivePairsOf(event), ' ')}`,
    object: (event) => jsonTextOf(archivePairsOf(event)),
    goal: 2,
    isMostlyIgnored: true,
  },
].map((form) => ({ ...form, vendor: 'fortigate' }))
