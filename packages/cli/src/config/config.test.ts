import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG, DEFAULT_LIMITS } from '@sekisho/detect'
import { UsageError } from '../usage-error.ts'
import { parseConfig, readConfig } from './config.ts'

function mistakesIn(text: string): string[] {
  try {
    parseConfig(text, 's.yaml')
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message.split('\n')
  }
  return []
}

describe('mistakes are named with their line', () => {
  test.each<[string, string[]]>([
    ['timezon: UTC\n', ['s.yaml: line 1: unknown key "timezon"; did you mean timezone?']],
    [
      '# a comment\ntravel:\n  mod: off\n',
      ['s.yaml: line 3: unknown key "mod" in travel; did you mean mode?'],
    ],
    [
      'timezone: Asia/Tokio\n',
      [
        's.yaml: line 1: timezone is not a time zone (Asia/Tokyo, UTC, +09:00): "Asia/Tokio"; did you mean Asia/Tokyo?',
      ],
    ],
    [
      'travel:\n  mode: strct\n',
      ['s.yaml: line 2: travel.mode must be score, strict or off; did you mean strict?'],
    ],
    [
      'gatewayGroups:\n  tokyo: [a, b]\n  osaka:\n    - c\n    - b\n',
      ['s.yaml: line 5: gatewayGroups.osaka[2] "b" is in the group tokyo as well'],
    ],
    [
      'gatewayGroups: {tokyo: [a, a]}\n',
      ['s.yaml: line 1: gatewayGroups.tokyo[2] "a" is in the group twice'],
    ],
    ['gatewayGroups: {tokyo: []}\n', ['s.yaml: line 1: gatewayGroups.tokyo must not be empty']],
    [
      'gatewayGroups: {"": [a]}\n',
      ['s.yaml: line 1: gatewayGroups. must be a name of 1 to 200 characters'],
    ],
    ['gatewayGroups: {tokyo: a}\n', ['s.yaml: line 1: gatewayGroups.tokyo must be a list']],
    ['tenant: 7\n', ['s.yaml: line 1: tenant must be a text']],
    ['networks: here\n', ['s.yaml: line 1: networks must be a list']],
    [
      'networks:\n  - cidr: 198.51.100.0/24\n    class: corp_egress\n  - cidr: 198.51.100.7/24\n    name: x\n    class: corp_egress\n',
      [
        's.yaml: line 2: networks[1].name is missing',
        's.yaml: line 4: networks[2] "198.51.100.7/24" is not a network (an address, or address/length without bits beyond the length)',
      ],
    ],
    [
      'networks:\n  - cidr: 198.51.100.0/24\n    name: x\n    class: corporate\n    clas: y\n',
      [
        's.yaml: line 4: networks[1].class must be internal, own_gateway, corp_egress, swg, mobile, residential, hosting, anon, satellite or unknown',
        's.yaml: line 5: unknown key "clas" in networks[1]; did you mean class?',
      ],
    ],
    ['a: 1\na: 2\n', ['s.yaml: line 2: Map keys must be unique']],
    ['tenant: "x\n', ['s.yaml: line 2: Missing closing "quote']],
    ['- a\n- b\n', ['s.yaml: line 1: the file must be a group of keys']],
    [
      'hashKey: a\nhashKeyFile: b\n',
      ['s.yaml: line 2: hashKeyFile and hashKey exclude each other'],
    ],
    ['__proto__: 1\n', ['s.yaml: line 1: unknown key "__proto__"']],
  ])('%j', (text, mistakes) => {
    expect(mistakesIn(text)).toStrictEqual(mistakes)
  })

  test('what is escaped in a terminal is escaped here', () => {
    expect(mistakesIn('"a\\e[2J": 1\n').join()).toContain('unknown key "a\\u{1b}[2J"')
  })

  test('aliases that unfold without end are refused', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (let i = 0; i < 9; i++)
      bomb.push(`${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${`*${'abcdefghi'[i]},`.repeat(9)}]`)
    expect(mistakesIn(bomb.join('\n')).join()).toContain('alias')
  })
})

describe('readConfig', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  test('every key arrives where it belongs', () => {
    const path = join(folder, 'sekisho.yaml')
    writeFileSync(join(folder, 'key'), 'secret\n')
    writeFileSync(
      path,
      `tenant: acme
timezone: +09:00
networks:
  - {cidr: 198.51.100.0/24, name: Osaka office, class: corp_egress, latitude: 34.7, longitude: 135.5}
travel: {mode: off}
identity: {stripSuffixes: ['@Example.COM', corp.example], separateRealms: [Partners], administratorRealms: [Admins]}
gatewayGroups: {tokyo: [fgt-tyo-01, FGT60F0000000002], frankfurt: [fgt-fra-01]}
limits:
  login: {medium: 5, smoothingDays: 0.5}
  bruteForce: {threshold: 10}
hashKeyFile: key
`,
    )
    expect(readConfig(path)).toStrictEqual({
      detect: {
        tenant: 'acme',
        hashKey: 'secret',
        travel: { mode: 'off' },
        identity: {
          stripSuffixes: ['example.com', 'corp.example'],
          separateRealms: ['Partners'],
          administratorRealms: ['Admins'],
        },
        gatewayGroups: { tokyo: ['fgt-tyo-01', 'FGT60F0000000002'], frankfurt: ['fgt-fra-01'] },
        limits: {
          ...DEFAULT_LIMITS,
          login: { ...DEFAULT_LIMITS.login, medium: 5 * 1024, smoothingDays: 0.5 },
          bruteForce: { ...DEFAULT_LIMITS.bruteForce, threshold: 10 * 1024 },
        },
      },
      networks: [
        {
          cidr: '198.51.100.0/24',
          name: 'Osaka office',
          class: 'corp_egress',
          latitude: 34.7,
          longitude: 135.5,
        },
      ],
      timezone: '+09:00',
      path,
    })
  })

  test('an empty file is the defaults; a missing one that was named is a mistake', () => {
    const path = join(folder, 'empty.yaml')
    writeFileSync(path, '# nothing yet\n')
    expect(readConfig(path).detect).toStrictEqual(DEFAULT_CONFIG)
    const missing = join(folder, 'missing.yaml')
    expect(() => readConfig(missing)).toThrow(`${missing} cannot be read: no such file`)
    expect(() => readConfig(folder)).toThrow(`${folder} cannot be read: it is a folder`)
  })

  test('an empty key file is a mistake, not an empty key', () => {
    const path = join(folder, 'sekisho.yaml')
    writeFileSync(path, 'hashKeyFile: key\n')
    writeFileSync(join(folder, 'key'), '\n')
    expect(() => readConfig(path)).toThrow('(hashKeyFile) is empty')
  })
})
