/** The time and the client of every line that is made here. */
export const ADDRESS = '198.51.100.88'
export const REALM = 'Employees'

/** What a line says. */
export interface PulseLine {
  readonly user: string
  /** `''` in lines from before the login. */
  readonly roles?: string
  readonly code: string
  readonly message: string
  /** What the client says it is, where the form has a field for it. */
  readonly program?: string
}

/** A form of lines, cut at what a stranger may type. */
export interface PulseForm {
  readonly name: string
  /** What stands before the user. */
  readonly before: (code: string) => string
  /** What stands between the user and the message. */
  readonly between: (line: PulseLine, address: string) => string
  /** What stands behind the message. */
  readonly behind: string
  /** Whether the form has the user's roles. */
  readonly hasRoles: boolean
}

const TIME = '2026-03-14 08:16:55'
const STANDARD_HEAD = `<134>1 2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure: - - - ${TIME} - pcs-a1 - [${ADDRESS}]`

export const PULSE_FORMS: readonly PulseForm[] = [
  {
    name: 'standard of 22.x',
    before: () => `${STANDARD_HEAD} Default Network::`,
    between: ({ roles = '' }) => `(${REALM})[${roles}][${roles === '' ? '' : '9f3291bdc6'}] - `,
    behind: '',
    hasRoles: true,
  },
  {
    name: 'standard of 9.1',
    before: () => `${STANDARD_HEAD} `,
    between: ({ roles = '' }) => `(${REALM})[${roles}] - `,
    behind: '',
    hasRoles: true,
  },
  {
    name: 'older export',
    before: () => `info - [${ADDRESS}] - `,
    between: ({ roles = '' }) => `(${REALM})[${roles}] - 2026/03/14 08:16:55 - `,
    behind: '',
    hasRoles: true,
  },
  {
    name: 'pipe form',
    before: (code) => `pcs-a1 | ${TIME} | ${code} | info | 10.80.1.5 |  | ${ADDRESS} | `,
    between: () => ` | ${REALM} |  |  |  |  |  |  | `,
    behind: '',
    hasRoles: false,
  },
  {
    name: 'WELF',
    before: () =>
      `id=firewall time="${TIME}" pri=6 fw=10.80.1.5 vpn=pcs-a1 ivs=Default Network user=`,
    between: ({ roles = '', code, program = '' }, address) =>
      ` realm="${REALM}" roles="${roles}" proto=auth src=${address} dst= type=vpn agent="${program}" duration= msg="${code}: `,
    behind: '"',
    hasRoles: true,
  },
]

/** A line as the device writes it. */
export function pulseLineOf(form: PulseForm, line: PulseLine): string {
  const { user, code, message } = line
  return `${form.before(code)}${user}${form.between(line, ADDRESS)}${message}${form.behind}`
}

/** What imitates a line in a text that somebody types: all of it from the user on. */
export function imitationOf(form: PulseForm, line: PulseLine, address: string): string {
  return `${line.user}${form.between(line, address)}${line.message}`
}

/**
 * What refuses a name: with and without that name; with a dot at the end where the device itself may write one or the
 * name is repeated.
 */
export const REFUSALS: readonly (readonly [code: string, messageOf: (name: string) => string])[] = [
  ['AUT23457', () => 'Login failed using auth server AD (Active Directory).  Reason: Failed'],
  [
    'AUT23457',
    () => 'Login failed using auth server AD (LDAP Server).  Reason: The server said no',
  ],
  [
    'AUT31985',
    () =>
      "Login failed for 'Primary' authentication using auth server 'AD' ('LDAP Server'). Reason: 'Failed'",
  ],
  ['AUT24327', (name) => `Primary authentication failed for ${name}/AD from ${ADDRESS}`],
  [
    'AUT22675',
    () =>
      `Login failed from ${ADDRESS} after 5 failed attempts. Subsequent attempts will be blocked for 2 minutes.`,
  ],
  ['AUT21052', (name) => `Login rejected from ${ADDRESS} for ${name}/Employees.`],
]

/** The line of somebody who logged in and chose what the program says it is. */
export function loginLineOf(form: PulseForm, program: string, field: string, end = '.'): string {
  const user = 'jdoe'
  const message = `Agent login succeeded for ${user}/Employees (session:sid1c850d89) from ${ADDRESS} with ${program}${end}`
  return pulseLineOf(form, { user, roles: 'Staff', code: 'AUT24414', message, program: field })
}
