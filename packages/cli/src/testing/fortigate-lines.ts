const TUNNEL_UP = '0101039424'
const TUNNEL_START = '0101039947'
const LOGIN_FAILED = '0101039426'

/** A FortiGate SSL-VPN line; seconds count from 2026-03-10 00:00 UTC. */
function lineOf(
  logid: string,
  seconds: number,
  user: string,
  address: string,
  rest: string,
): string {
  const eventtime = `${Date.UTC(2026, 2, 10) / 1000 + seconds}000000000`
  return `date=2026-03-10 time=00:00:00 devname="gw" devid="FGT1" eventtime=${eventtime} tz="+0000" logid="${logid}" type="event" subtype="vpn" level="information" vd="root" remip=${address} user="${user}" group="VPN" ${rest}`
}

export function tunnelUp(seconds: number, user: string, address = '198.51.100.7'): string {
  return lineOf(
    TUNNEL_UP,
    seconds,
    user,
    address,
    'action="tunnel-up" tunneltype="ssl-web" tunnelid=7 reason="login successfully"',
  )
}

export function tunnelStart(seconds: number, user: string, address = '198.51.100.7'): string {
  return lineOf(
    TUNNEL_START,
    seconds,
    user,
    address,
    'action="tunnel-up" tunneltype="ssl-tunnel" tunnelid=7 tunnelip=10.0.0.9 reason="tunnel established"',
  )
}

export function loginFailed(seconds: number, user: string, address = '198.51.100.7'): string {
  return lineOf(
    LOGIN_FAILED,
    seconds,
    user,
    address,
    'action="ssl-login-fail" tunneltype="ssl-web" reason="sslvpn_login_permission_denied"',
  )
}

/** A Pulse Secure line of 2026-03-10; its time has no zone. */
export function pulseLogin(time: string, user: string): string {
  return `2026-03-10 ${time} - node-1 - [198.51.100.9] Default Network::${user}(Staff)[] - Agent login succeeded for ${user}/Staff from 198.51.100.9.`
}
