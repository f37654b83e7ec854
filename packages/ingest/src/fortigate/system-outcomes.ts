import type { FortigateTable } from './row.ts'

/** Users of the firewall itself (captive portal, FSSO, 802.1X), subtype user: logins, but not of the VPN. */
export const FIREWALL_USERS: FortigateTable = {
  client: 'srcip',
  person: 'user',
  rows: [
    {
      ids: [43008, 43012, 43016, 43025, 43045],
      action: 'user.login',
      outcome: 'success',
      example: 'action="authentication" status="success" authproto="HTTPS(10.44.7.31)"',
    },
    {
      ids: [43009, 43013, 43017, 43026, 43046],
      action: 'user.login',
      outcome: 'failure',
      example: 'action="authentication" status="failure"',
    },
    { ids: [43010], action: 'auth.lockout', outcome: 'failure', example: 'a user locked out' },
    { ids: [43011], action: 'user.logout', example: 'action="auth-timeout"' },
    // Passive: a directory's agent reports them, no credential was checked here.
    { ids: [43014, 38031], action: 'user.logon', outcome: 'success', example: 'FSSO-logon' },
    { ids: [43015, 38032], action: 'user.logoff', outcome: 'success', example: 'FSSO-logoff' },
    { ids: [43039], action: 'user.logon', outcome: 'success', example: 'action="auth-logon"' },
    { ids: [43040], action: 'user.logoff', outcome: 'success', example: 'action="auth-logout"' },
    // No login, whatever some tables of others say; which of them tells of what is not known for certain.
    { ids: [43018, 43020, 43029], action: 'other', example: 'FortiGuard override' },
    {
      ids: [43032, 43033],
      action: 'auth.denied',
      outcome: 'failure',
      example: 'user limit reached; the same user from several places',
    },
  ],
}

/** Administrators, tokens and configuration, subtype system. An administrator's login is one line. */
export const ADMINISTRATION: FortigateTable = {
  client: 'admin',
  person: 'user',
  rows: [
    {
      ids: [32001],
      action: 'admin.login',
      outcome: 'success',
      decides: 'yes',
      example: 'logdesc="Admin login successful" ui="https(192.0.2.10)"',
    },
    {
      ids: [32002],
      action: 'admin.login',
      outcome: 'failure',
      decides: 'yes',
      example: 'logdesc="Admin login failed" reason="passwd_invalid"',
    },
    {
      ids: [32003, 32561],
      action: 'admin.logout',
      outcome: 'success',
      example: 'logdesc="Admin logout successful" duration=1312',
    },
    {
      ids: [32021],
      action: 'auth.lockout',
      outcome: 'failure',
      example: 'ui="198.51.100.201" msg="Login disabled from IP 198.51.100.201 for 60 seconds …"',
    },
    { ids: [32024], action: 'auth.denied', outcome: 'failure', example: 'password expired' },
    {
      ids: [32005, 32006, 32007, 47301],
      action: 'admin.activity',
      example: 'a vdom entered or left; a REST request',
    },
    // Handing out and synchronising tokens is no login step, so a failure there denies nobody.
    {
      ids: [32155],
      action: 'auth.factor',
      factor: 'otp',
      example: 'FortiToken activation asked for',
    },
    {
      ids: [32156, 32157],
      action: 'auth.factor',
      outcome: 'success',
      factor: 'otp',
      example: 'FortiToken activated, synchronised',
    },
    {
      ids: [32158, 32159],
      action: 'auth.factor',
      outcome: 'failure',
      factor: 'otp',
      attempt: 'none',
      example: 'FortiToken not activated, not synchronised',
    },
    {
      ids: [32160],
      action: 'auth.factor',
      outcome: 'success',
      factor: 'otp',
      isUserInMessage: true,
      example: 'FortiToken push',
    },
    {
      ids: [32161],
      action: 'auth.factor',
      outcome: 'failure',
      factor: 'otp',
      isUserInMessage: true,
      example: 'FortiToken push failed',
    },
    {
      ids: [38405, 38406, 38407, 38411, 38412],
      action: 'auth.factor.sent',
      factor: 'otp',
      example: 'a code sent by SMS or e-mail',
    },
    {
      ids: [32102, 32104, 44544, 44545, 44546, 44547, 44548, 41988, 32203, 32565, 32566],
      action: 'config.change',
      example: 'cfgpath="user.local" cfgobj="qzx7" action="Add"; a configuration restored',
    },
    {
      ids: [32129, 32130, 32131, 32132],
      action: 'account.change',
      example: 'a local or guest user added, changed, deleted',
    },
    {
      ids: [32142, 32143, 32144, 32145],
      action: 'config.export',
      outcome: 'success',
      example: 'a configuration backed up',
    },
    {
      ids: [32252, 32545, 32138],
      action: 'device.alert',
      example: 'factory reset, restart, reboot',
    },
  ],
}

/** FortiClient, subtype endpoint; `ip` is the client's own, mostly private address. */
export const ENDPOINT: FortigateTable = {
  client: 'ip',
  person: 'user',
  rows: [
    {
      ids: [45057, 45058],
      action: 'endpoint.state',
      example: 'logdesc="FortiClient connection added" connection_type="sslvpn"',
    },
  ],
}
