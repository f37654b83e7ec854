import type { FortigateTable } from './row.ts'

/** SSL-VPN, subtype vpn. */
export const SSL_VPN: FortigateTable = {
  client: 'remip',
  person: 'user',
  rows: [
    { ids: [39943], action: 'vpn.connect', example: 'action="ssl-new-con": not authenticated yet' },
    {
      ids: [39424],
      action: 'vpn.login',
      outcome: 'success',
      decides: 'yes',
      example: 'action="tunnel-up" tunneltype="ssl-web" reason="login successfully"',
    },
    {
      ids: [39425],
      action: 'vpn.logout',
      outcome: 'success',
      example: 'action="tunnel-down" tunneltype="ssl-web" duration=610',
    },
    {
      ids: [39426],
      action: 'vpn.login',
      outcome: 'failure',
      decides: 'yes',
      example: 'action="ssl-login-fail" reason="sslvpn_login_permission_denied"',
    },
    {
      ids: [39947],
      action: 'vpn.session.start',
      outcome: 'success',
      decides: 'unless',
      example: 'action="tunnel-up" tunneltype="ssl-tunnel" tunnelip=10.212.134.20',
    },
    {
      ids: [39948],
      action: 'vpn.session.end',
      outcome: 'success',
      example: 'action="tunnel-down" tunneltype="ssl-tunnel" duration=30808',
    },
    { ids: [39949, 39936], action: 'vpn.session.update', example: 'action="tunnel-stats"' },
    { ids: [39937], action: 'vpn.app', outcome: 'failure', example: 'a web application denied' },
    { ids: [39938], action: 'vpn.app', outcome: 'success', example: 'a web application passed' },
    { ids: [39939, 39940], action: 'vpn.app', example: 'a web application timed out, closed' },
    {
      ids: [39942],
      action: 'auth.factor',
      outcome: 'success',
      factor: 'cert',
      example: 'the client certificate is good',
    },
    {
      ids: [39944, 39945, 39946],
      action: 'vpn.connect',
      outcome: 'failure',
      example: 'action="ssl-alert", "ssl-exit-fail", "ssl-exit-error": mostly scanners',
    },
    {
      ids: [39941, 39950, 39951, 39952, 39953],
      action: 'device.alert',
      example: 'busy, unknown tag, tunnel errors, conserve mode',
    },
  ],
}

/** IPsec, subtype vpn. */
export const IPSEC: FortigateTable = {
  client: 'remip',
  person: 'ike',
  rows: [
    {
      ids: [37120],
      action: 'vpn.login',
      outcome: 'by-status',
      decides: 'yes',
      example: 'status="success" result="XAUTH authentication successful"',
    },
    {
      ids: [37121],
      action: 'vpn.login',
      outcome: 'failure',
      decides: 'yes',
      example: 'status="failure" result="XAUTH authentication failed"',
    },
    {
      ids: [37122, 37123, 37127, 37128, 37129, 37130],
      action: 'vpn.negotiate',
      outcome: 'by-status',
      example: 'msg="progress IPsec phase 1" status="success" result="OK"',
    },
    {
      ids: [37124, 37125, 37126],
      action: 'vpn.negotiate',
      outcome: 'failure',
      example: 'status="negotiate_error" reason="peer SA proposal not match local policy"',
    },
    { ids: [37131, 37132], action: 'device.alert', example: 'status="esp_error"' },
    {
      ids: [37133, 37134, 37135, 37139, 37141],
      action: 'vpn.session.update',
      example: 'msg="IPsec tunnel statistics" action="tunnel-stats"',
    },
    {
      ids: [37136, 37137],
      action: 'vpn.session.update',
      outcome: 'failure',
      example: 'msg="IPsec DPD failure"',
    },
    {
      // `action="tunnel-down"` under these ids ends the session (`fortigate/event.ts`).
      ids: [37138, 23101],
      action: 'vpn.session.start',
      outcome: 'success',
      decides: 'unless',
      example: 'msg="IPsec connection status change" action="tunnel-up"',
    },
    { ids: [23102], action: 'vpn.session.end', outcome: 'success', example: 'tunnel down' },
    { ids: [23103], action: 'vpn.session.update', outcome: 'success', example: 'statistics' },
  ],
}

/** PPTP, L2TP and the PPP under them, for which no other line tells of the login. */
export const PPP: FortigateTable = {
  client: 'remip',
  person: 'user',
  rows: [
    {
      ids: [40001, 40101],
      action: 'vpn.session.start',
      outcome: 'success',
      decides: 'yes',
      example: 'logdesc="L2TP tunnel up"',
    },
    { ids: [40002, 40102], action: 'vpn.session.end', outcome: 'success', example: 'tunnel down' },
    {
      ids: [40003, 40103],
      action: 'vpn.session.update',
      outcome: 'success',
      example: 'statistics',
    },
    {
      ids: [29002],
      action: 'vpn.login',
      outcome: 'success',
      decides: 'yes',
      example: 'logdesc="PPP authentication success"',
    },
    {
      ids: [29003],
      action: 'vpn.login',
      outcome: 'failure',
      decides: 'yes',
      example: 'logdesc="PPP authentication failed"',
    },
  ],
}
