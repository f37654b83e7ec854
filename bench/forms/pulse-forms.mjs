// The forms in which Pulse Secure and Ivanti Connect Secure write the same events.
import { localTimeOf } from './events.mjs'
import { jsonTextOf } from './json-text.mjs'

const REALM = 'Employees'
const NODE = 'pcs-a1'
const NODE_ADDRESS = '10.80.1.5'
const AGENT = 'Pulse-Secure/22.7.4.30859 (Windows 10) Pulse/22.7.4.30859'

/** Code, roles given or not, and message. */
function toldOf(event, isRelease22) {
  const { kind, user, address, assigned } = event
  const sid = `sid${event.session.toString(16).padStart(48, '1c850d89')}`
  const login = isRelease22
    ? ` (session:${sid}) from ${address} with ${event.agent ?? AGENT}`
    : ` from ${address}`
  const session = isRelease22 ? `  (session: ${sid})` : ''
  switch (kind) {
    case 'login':
      return ['AUT24414', true, `Agent login succeeded for ${user}/${REALM}${login}.`]
    case 'failure':
      return isRelease22
        ? [
            'AUT31985',
            false,
            "Login failed for 'Primary' authentication using auth server 'AD-Main' ('Active Directory'). Reason: 'Wrong Password'",
          ]
        : [
            'AUT23457',
            false,
            'Login failed using auth server AD-Main (Active Directory).  Reason: Failed',
          ]
    case 'tunnel-up':
      return [
        'NWC23464',
        true,
        `VPN Tunneling: Session started for user${session} with IPv4 address ${assigned}, hostname LT-0417`,
      ]
    case 'tunnel-down':
      return [
        'NWC23465',
        true,
        `VPN Tunneling: Session ended for user${session} with IPv4 address ${assigned}`,
      ]
    case 'statistics':
      return ['NWC23508', true, `Key Exchange number 3 occurred for user with NCIP ${assigned}`]
    case 'ipsec-login':
      return [
        'AUT32033',
        true,
        `Session created for user: [${user}/${REALM}] from [${address}] with primary auth-server type: [Active Directory], primary auth-server name: [AD-Main].`,
      ]
    case 'ipsec-failure':
      return [
        'AUT24327',
        false,
        `Primary authentication failed for ${user}/AD-Main from ${address}`,
      ]
    case 'admin-login':
      return [
        'ADM22668',
        true,
        `Login succeeded for ${user}/${REALM} from ${address} via management port.`,
      ]
    default:
      return [
        'AUT24326',
        false,
        `Primary authentication successful for ${user}/AD-Main from ${address}`,
      ]
  }
}

function partsOf(event, isRelease22) {
  const [code, isInside, message] = toldOf(event, isRelease22)
  const shortId = event.session.toString(16).padStart(10, '0')
  return {
    ...localTimeOf(event.timestampMs),
    code,
    message,
    user: event.user,
    address: event.address,
    roles: isInside ? 'Staff, VPN Full' : '',
    shortId: isInside && isRelease22 ? shortId : '',
  }
}

/** The parts of a line as a device would name them in JSON. */
function objectOf(parts, more) {
  return jsonTextOf([
    ['time', `${parts.date} ${parts.time}`],
    ...more,
    ['address', parts.address],
    ['user', parts.user],
    ['realm', REALM],
    ['roles', parts.roles],
    ['message', parts.message],
  ])
}

const stampOf = ({ date, time }) => `${date}T${time}+01:00`

function welfPairsOf(event) {
  const parts = partsOf(event, true)
  return {
    stamp: stampOf(parts),
    pairs: [
      ['id', 'firewall'],
      ['time', `${parts.date} ${parts.time}`],
      ['pri', 6],
      ['fw', NODE_ADDRESS],
      ['vpn', NODE],
      ['ivs', 'Default Network'],
      ['user', parts.user],
      ['realm', REALM],
      ['roles', parts.roles],
      ['sessionID', parts.shortId],
      ['proto', 'auth'],
      ['src', parts.address],
      ['dst', ''],
      ['dstname', ''],
      ['type', 'vpn'],
      ['op', ''],
      ['arg', ''],
      ['result', ''],
      ['sent', ''],
      ['rcvd', ''],
      ['agent', ''],
      ['duration', ''],
      ['msg', `${parts.code}: ${parts.message}`],
    ],
  }
}

const WELF_QUOTED = new Set('time realm roles sessionID arg agent msg'.split(' '))

const standard91 = {
  name: 'pulse-9.1',
  line: (event) => {
    const parts = partsOf(event, false)
    const { bsdDate, date, time, address, user, roles, message } = parts
    return `${bsdDate} ${time} ${NODE} 1 ${stampOf(parts)} ${NODE_ADDRESS} PulseSecure: - - - ${date} ${time} - ${NODE} - [${address}] ${user}(${REALM})[${roles}] - ${message}`
  },
  object: (event) =>
    objectOf(partsOf(event, false), [
      ['host', NODE_ADDRESS],
      ['node', NODE],
    ]),
  goal: 2,
}

const standard22 = {
  name: 'pulse-22',
  line: (event) => {
    const parts = partsOf(event, true)
    const { date, time, address, user, roles, shortId, message } = parts
    return `<134>1 ${stampOf(parts)} ${NODE} PulseSecure: - - - ${date} ${time} - ${NODE} - [${address}] Default Network::${user}(${REALM})[${roles}][${shortId}] - ${message}`
  },
  object: (event) => {
    const parts = partsOf(event, true)
    return objectOf(parts, [
      ['host', NODE],
      ['node', NODE],
      ['vsys', 'Default Network'],
      ['session', parts.shortId],
    ])
  },
  goal: 2,
}

const welf = {
  name: 'pulse-welf',
  line: (event) => {
    const { stamp, pairs } = welfPairsOf(event)
    const texts = pairs.map(([key, value]) =>
      WELF_QUOTED.has(key) ? `${key}="${value}"` : `${key}=${value}`,
    )
    return `<134>1 ${stamp} ${NODE_ADDRESS} PulseSecure: - - - ${texts.join(' ')}`
  },
  object: (event) => {
    const { stamp, pairs } = welfPairsOf(event)
    return jsonTextOf([['timestamp', stamp], ['host', NODE_ADDRESS], ...pairs])
  },
  goal: 2,
}

const olderExport = {
  name: 'pulse-export',
  line: (event) => {
    const { slashDate, time, address, user, roles, message } = partsOf(event, false)
    return `info - [${address}] - ${user}(${REALM})[${roles.replace(', ', ',')}] - ${slashDate} ${time} - ${message}`
  },
  object: (event) => objectOf(partsOf(event, false), [['severity', 'info']]),
  goal: 2,
}

const pipe = {
  name: 'pulse-pipe',
  line: (event) => {
    const parts = partsOf(event, false)
    const { date, time, code, address, user, message } = parts
    return `<14>1 ${stampOf(parts)} ${NODE} PulseSecure: - - - ${NODE} | ${date} ${time} | ${code} | info | ${NODE_ADDRESS} |  | ${address} | ${user} | ${REALM} |  |  |  |  |  |  | ${message}`
  },
  object: (event) => {
    const parts = partsOf(event, false)
    return objectOf(parts, [
      ['host', NODE],
      ['node', NODE],
      ['code', parts.code],
      ['severity', 'info'],
      ['nodeAddress', NODE_ADDRESS],
    ])
  },
  goal: 2,
}

export const PULSE_FORMS = [standard91, standard22, welf, olderExport, pipe].map((form) => ({
  ...form,
  vendor: 'pulse-secure',
  // The device writes whatever was typed as it is.
  escaped: (text) => text,
}))
