/** A form of lines: its name, a failed login of `jdoe` in it, and how its device writes what somebody typed as a name. */
export type FormLine = readonly [name: string, line: string, escaped: (typed: string) => string]

/** `\"` and `\\`, as in key=value. */
export const quoteEscaped = (text: string) => text.replace(/["\\]/g, '\\$&')
export const cefEscaped = (text: string) => text.replace(/[\\=|]/g, '\\$&')
export const jsonEscaped = (text: string) => JSON.stringify(text).slice(1, -1)

export const FORTIGATE =
  'date=2026-03-14 time=07:58:09 devname="fgt" devid="FG100F" eventtime=1773471489729095095 tz="+0100" ' +
  'logid="0101039426" type="event" subtype="vpn" vd="root" action="ssl-login-fail" tunnelid=0 ' +
  'remip=198.51.100.201 user="jdoe" reason="sslvpn_login_unknown_user" msg="SSL user failed to logged in"'

const JSON_LINE =
  '{"date":"2026-03-14","time":"07:58:09","devname":"fgt","devid":"FG100F","eventtime":1773471489729095095,' +
  '"tz":"+0100","logid":"0101039426","type":"event","subtype":"vpn","vd":"root","action":"ssl-login-fail",' +
  '"tunnelid":0,"remip":"198.51.100.201","user":"jdoe","reason":"sslvpn_login_unknown_user",' +
  '"msg":"SSL user failed to logged in"}'

export const CEF =
  'Mar 14 07:58:09 fgt CEF:0|Fortinet|Fortigate|v7.2.8|39426|event:vpn ssl-login-fail|7|deviceExternalId=FG100F ' +
  'FTNTFGTeventtime=1773471489729095095 FTNTFGTtz=+0100 FTNTFGTlogid=0101039426 cat=event:vpn ' +
  'FTNTFGTsubtype=vpn FTNTFGTvd=root act=ssl-login-fail FTNTFGTtunnelid=0 dst=198.51.100.201 duser=jdoe ' +
  'reason=sslvpn_login_unknown_user msg=SSL user failed to logged in'

/** The order of the fields is our assumption: the hardest, with the address behind the name. */
const ANALYZER_CEF =
  'CEF:0|Fortinet|FortiGate-200F|7.4.5,build2702 (GA)|0101039426|vpn event ssl-login-fail|7|' +
  'start=Mar 14 2026 07:58:09 deviceExternalId=FG100F dvchost=fgt vd=root eventtime=1773471489729095095 ' +
  'tz=+0100 logid=0101039426 cat=event subtype=vpn duser=jdoe dst=198.51.100.201 act=ssl-login-fail ' +
  'reason=sslvpn_login_unknown_user msg=SSL user failed to logged in'

export const STANDARD =
  '2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure: - - - 2026-03-14 08:16:55 - pcs-a1 - [198.51.100.88] ' +
  'Root::jdoe(Employees)[] - Login failed using auth server AD (Active Directory).  Reason: Failed'

export const WELF =
  '2026-03-14T03:02:11+01:00 10.80.1.5 PulseSecure: id=firewall time="2026-03-14 03:02:11" pri=6 ' +
  'fw=10.80.1.5 vpn=pcs-a1 ivs=Root user=jdoe realm="Employees" roles="" proto=auth src=198.51.100.88 ' +
  'dst= type=vpn agent="" duration= msg="AUT23457: Login failed using auth server AD (LDAP Server).  Reason: Failed"'

const asTyped = (text: string) => text

export const FORM_LINES: readonly FormLine[] = [
  ['FortiGate', FORTIGATE, quoteEscaped],
  ['FortiGate CSV', FORTIGATE.replace(/ (?=[a-z]+=)/g, ','), quoteEscaped],
  ['FortiGate JSON', JSON_LINE, jsonEscaped],
  ['FortiGate CEF', CEF, cefEscaped],
  ['FortiAnalyzer CEF', ANALYZER_CEF, cefEscaped],
  [
    'FortiGate wrapped in JSON',
    JSON.stringify({ host: 'h', message: FORTIGATE, tags: ['a'] }),
    (text) => jsonEscaped(quoteEscaped(text)),
  ],
  ['Pulse Secure standard', STANDARD, asTyped],
  ['Pulse Secure WELF', WELF, asTyped],
  ['Pulse Secure wrapped in JSON', JSON.stringify({ event: { original: STANDARD } }), jsonEscaped],
]
