import { expect, test } from '@jest/globals'
import { commonNameOf, isNullWord } from './person.ts'

test.each([
  ['C = DE, O = Example GmbH, OU = Field, CN = k.vogel', 'k.vogel'],
  ['CN=k.vogel,OU=Field,O=Example GmbH', 'k.vogel'],
  ['CN=k.vogel,CN=Users,DC=example,DC=org', 'k.vogel'],
  ['DC=org,DC=example,CN=Users,CN=k.vogel', 'k.vogel'],
  ['/C=DE/O=Example GmbH/CN=k.vogel', 'k.vogel'],
  ['emailAddress = k.vogel@example.org, cn = k.vogel', 'k.vogel'],
  ['C = CA, O = Example Inc', ''],
  ['CN=', ''],
  ['k.vogel', null],
  ['user=one', null],
  ['a=b,c=d', ''],
  ['=', null],
])('the common name of %j is %j', (text, commonName) => {
  expect(commonNameOf(text)).toBe(commonName)
})

test.each(['', 'N/A', 'n/a', '(null)', 'unknown', '0.0.0.0'])(
  '%j says that there is nothing',
  (word) => {
    expect(isNullWord(word)).toBe(true)
  },
)

test.each(['none', 'NA', 'null', '0', 'root', 'unknowns'])('%j says something', (word) => {
  expect(isNullWord(word)).toBe(false)
})
