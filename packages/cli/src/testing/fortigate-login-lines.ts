// The lines of FortiGate logins of one person, one after the other, as docs/formats tells of them.

/** The client of every login. */
export const ADDRESS = '198.51.100.7'
/** When the first line of a login is written. */
export const START_MS = Date.UTC(2026, 2, 14, 8)

/** A line without its time: every line of a login is some seconds after the one before. */
export type LoginLine = (second: number) => string

function fortigate(logid: string, rest: string): LoginLine {
  return (second) => {
    const eventtime = `${START_MS / 1000 + second}000000000`
    const subtype = logid.startsWith('0100') ? 'system' : 'vpn'
    return `<189>date=2026-03-14 time=08:00:00 devname="gw" devid="FG100F" eventtime=${eventtime} tz="+0000" logid="${logid}" type="event" subtype="${subtype}" level="notice" vd="root" ${rest}`
  }
}

/** An SSL-VPN line; the session is the same on all lines of a login. */
function ssl(id: number, rest: string, user = 'jdoe'): LoginLine {
  return fortigate(`01010${id}`, `${rest} tunnelid=871234 remip=${ADDRESS} user="${user}"`)
}

export const newConnection = ssl(39943, 'action="ssl-new-con" tunneltype="ssl"', 'N/A')
export const certificateGood = ssl(39942, 'action="ssl-cert" tunneltype="ssl"')
export const webUp = ssl(
  39424,
  'action="tunnel-up" tunneltype="ssl-web" reason="login successfully"',
)
export const webDown = ssl(39425, 'action="tunnel-down" tunneltype="ssl-web" duration=60')
export const tunnelUp = ssl(
  39947,
  'action="tunnel-up" tunneltype="ssl-tunnel" tunnelip=10.0.0.9 reason="tunnel established"',
)
export const tunnelStatistics = ssl(
  39949,
  'action="tunnel-stats" tunneltype="ssl-tunnel" nextstat=600',
)
export const tunnelDown = ssl(39948, 'action="tunnel-down" tunneltype="ssl-tunnel" duration=50')
export const sslFailure = ssl(
  39426,
  'action="ssl-login-fail" reason="sslvpn_login_permission_denied"',
)
export const userLogon = fortigate(
  '0102043039',
  `srcip=${ADDRESS} user="jdoe" action="auth-logon" status="logon"`,
)

/** A line of one IKE negotiation; `person` names whom the line names, if anybody. */
function ipsec(id: number, rest: string, person = 'user="N/A" xauthuser="N/A"'): LoginLine {
  return fortigate(
    `01010${id}`,
    `remip=${ADDRESS} locip=192.0.2.1 cookies="f7541da8614d51b8/1d5130d50a8be554" vpntunnel="DIALUP_0" ${person} ${rest}`,
  )
}

export const EAP = 'user="198.51.100.7" eapuser="jdoe"'
export const XAUTH = 'user="198.51.100.7" xauthuser="jdoe"'
export const DN = 'user="C = DE, O = Example, CN = jdoe" xauthuser="N/A"'
export const progress = ipsec(37127, 'action="negotiate" status="success" result="OK"')
export const phase1 = (person?: string) =>
  ipsec(37120, 'action="negotiate" status="success" result="DONE"', person)
export const phase2 = ipsec(37129, 'action="negotiate" status="success" result="DONE"')
export const xauthSuccess = ipsec(
  37120,
  'action="negotiate" status="success" result="XAUTH authentication successful"',
  XAUTH,
)
export const ipsecFailure = (person: string, result: string) =>
  ipsec(37121, `action="negotiate" status="failure" result="${result}"`, person)
export const xauthFailure = ipsecFailure(XAUTH, 'XAUTH authentication failed')
export const connectionUp = (person?: string) =>
  ipsec(37138, 'action="tunnel-up" tunnelid=2207741906 assignip=10.30.0.14', person)
export const connectionDown = (person?: string) =>
  ipsec(37138, 'action="tunnel-down" tunnelid=2207741906 duration=99', person)
export const connectionStatistics = (person: string) =>
  ipsec(37141, 'action="tunnel-stats" tunnelid=2207741906 duration=90', person)

export const pppSuccess = fortigate('0100029002', `remip=${ADDRESS} user="jdoe" status="success"`)
export const pppFailure = fortigate('0100029003', `remip=${ADDRESS} user="jdoe" status="failure"`)
export const l2tp = (id: number, action: string) =>
  fortigate(
    `01010${id}`,
    `action="${action}" tunnelid=5 remip=${ADDRESS} tunnelip=10.40.0.9 user="jdoe"`,
  )
export const admin = (id: number, rest: string) =>
  fortigate(`01000${id}`, `user="jdoe" ui="https(${ADDRESS})" srcip=${ADDRESS} ${rest}`)
export const adminFailure = admin(32002, 'action="login" status="failed" reason="passwd_invalid"')
