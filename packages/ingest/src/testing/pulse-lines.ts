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
}

/** A form of lines, cut at what a stranger may type. */
export interface PulseForm {
  readonly name: string
  /** What stands before the user. */
  readonly before: (code: string) => string
  /** What stands between the user and the message. */
  readonly between: (roles: string, code: string, address: string) => string
  /** What stands behind the message. */
  readonly behind: string
  /** Whether the code of a message tells what it is, whatever its words. */
  readonly hasCode: boolean
}

const TIME = '2026-03-14 08:16:55'
const STANDARD_HEAD = `<134>1 2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure: - - - ${TIME} - pcs-a1 - [${ADDRESS}]`

export const PULSE_FORMS: readonly PulseForm[] = [
  {
    name: 'standard of 22.x',
    before: () => `${STANDARD_HEAD} Default Network::`,
    between: (roles) => `(${REALM})[${roles}][${roles === '' ? '' : '9f3291bdc6'}] - `,
    behind: '',
    hasCode: false,
  },
  {
    name: 'standard of 9.1',
    before: () => `${STANDARD_HEAD} `,
    between: (roles) => `(${REALM})[${roles}] - `,
    behind: '',
    hasCode: false,
  },
  {
    name: 'older export',
    before: () => `info - [${ADDRESS}] - `,
    between: (roles) => `(${REALM})[${roles}] - 2026/03/14 08:16:55 - `,
    behind: '',
    hasCode: false,
  },
  {
    name: 'pipe form',
    before: (code) => `pcs-a1 | ${TIME} | ${code} | info | 10.80.1.5 |  | ${ADDRESS} | `,
    between: () => ` | ${REALM} |  |  |  |  |  |  | `,
    behind: '',
    hasCode: true,
  },
  {
    name: 'WELF',
    before: () =>
      `id=firewall time="${TIME}" pri=6 fw=10.80.1.5 vpn=pcs-a1 ivs=Default Network user=`,
    between: (roles, code, address) =>
      ` realm="${REALM}" roles="${roles}" proto=auth src=${address} dst= type=vpn agent="" duration= msg="${code}: `,
    behind: '"',
    hasCode: true,
  },
]

/** A line as the device writes it. */
export function pulseLineOf(
  form: PulseForm,
  { user, roles = '', code, message }: PulseLine,
): string {
  return `${form.before(code)}${user}${form.between(roles, code, ADDRESS)}${message}${form.behind}`
}

/** What imitates a line in a text that somebody types: all of it from the user on. */
export function imitationOf(form: PulseForm, line: PulseLine, address: string): string {
  const { user, roles = '', code, message } = line
  return `${user}${form.between(roles, code, address)}${message}`
}
