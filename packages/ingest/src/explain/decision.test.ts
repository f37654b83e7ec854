import { expect, test } from '@jest/globals'
import type { DecidesRank } from '@sekisho/event'
import { LineParser } from '../line-parser.ts'
import { STANDARD, WELF } from '../testing/form-lines.ts'
import { LineExplainer } from './explain.ts'

const explainer = new LineExplainer(new LineParser({ timezone: 'UTC' }))

function fortigate(logid: string, rest: string): string {
  return `eventtime=1773471489729095095 tz="+0000" devid="FG100F" logid="${logid}" type="event" remip=198.51.100.7 ${rest}`
}

function pulse(message: string): string {
  return STANDARD.replace(/Login failed.*/, message)
}

const SSL = '39424 (action="tunnel-up" tunneltype="ssl-web" reason="login successfully")'
const XAUTH = '37120 (status="success" result="XAUTH authentication successful")'

test.each<[string, DecidesRank, string, string]>([
  [fortigate('0101039424', 'user="jdoe"'), 'yes', 'the line that tells of a login', ''],
  [fortigate('0101039426', 'user="jdoe"'), 'yes', 'every refusal counts', ''],
  [fortigate('0101039947', 'user="jdoe"'), 'unless', 'a session started', SSL],
  [fortigate('0101039942', 'user="jdoe"'), 'no', 'one factor was passed', SSL],
  [fortigate('0101039948', 'user="jdoe"'), 'no', 'the end of a session', ''],
  [fortigate('0101039949', 'user="jdoe"'), 'no', 'a session that has begun', ''],
  [fortigate('0101039943', 'user="N/A"'), 'no', 'before anybody has logged in', ''],
  [fortigate('0101040001', 'user="jdoe"'), 'yes', 'no other line tells of the login', ''],
  [
    fortigate('0101037120', 'user="198.51.100.7" xauthuser="jdoe" status="success" result="DONE"'),
    'unless',
    'a tunnel was agreed on',
    XAUTH,
  ],
  [
    fortigate('0101037120', 'user="198.51.100.7" xauthuser="N/A" status="success" result="DONE"'),
    'no',
    'it names no person: the tunnel joins two sites',
    '',
  ],
  [
    fortigate('0101037129', 'xauthuser="jdoe" status="success"'),
    'no',
    'before anybody has logged in',
    XAUTH,
  ],
  [
    fortigate('0100044546', 'user="admin"'),
    'no',
    'config.change, which is no login at the VPN',
    '',
  ],
  [
    pulse('Primary authentication successful for jdoe/AD from 198.51.100.88'),
    'no',
    'one factor was passed',
    'AUT24414 "Agent login succeeded"; AUT31504/AUT22670 "Login succeeded"',
  ],
  [
    pulse('Session created for user: [jdoe/Employees] from [198.51.100.88] with primary'),
    'unless',
    'a session started',
    'AUT24414 "Agent login succeeded"; AUT31504/AUT22670 "Login succeeded"',
  ],
  [
    WELF.replace('AUT23457: Login failed', 'AUT23355: Account disabled'),
    'no',
    'it tells why a login was refused',
    'AUT23457/AUT23458/AUT31985 "Login failed"; AUT21051/AUT21052/AUT21053/… "Login rejected from"; "User … denied access as the client version"',
  ],
  [
    pulse('Primary authentication successful for jdoe/AD from 198.51.100.88').replace(
      '(Employees)',
      '(Admin Users)',
    ),
    'no',
    'one factor was passed',
    'AUT24412 "SOAP login succeeded"; ADM22668/ADM22667/AUT31205 "Login succeeded… via management port"',
  ],
  [pulse('What nobody has seen before'), 'no', 'what is not known is never a login', ''],
])('%j: %s', (line, rank, because, decidedBy) => {
  const { decision } = explainer.explain(Buffer.from(line))
  expect(decision).toEqual({
    rank,
    because: expect.stringContaining(because),
    decidedBy: decidedBy === '' ? [] : decidedBy.split('; '),
  })
})
