import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { PAIRS_MAX, VALUE_BYTES_MAX } from '../limits.ts'
import { KEY_VALUE } from './key-value.ts'
import { PairFields } from './pair-fields.ts'

fc.configureGlobal({ seed: 20_260_314 })

const KEYS = { user: 0, remip: 1, logid: 2, type: 3, msg: 4, 'cert-type': 5, login: 2 }

function fieldsOf(text: string): PairFields {
  const bytes = Buffer.from(text)
  const fields = new PairFields(KEY_VALUE, KEYS, [KEYS.logid, KEYS.type])
  fields.readHead(bytes, 0, bytes.length)
  fields.readRest(0)
  return fields
}

test.each([
  ['a quoted value', 'user="j doe" remip=192.0.2.1', 'j doe', '192.0.2.1', false],
  ['bare values', 'user=jdoe remip=192.0.2.1', 'jdoe', '192.0.2.1', false],
  ['commas between pairs', 'user="a, b",remip=192.0.2.1,x=y', 'a, b', '192.0.2.1', false],
  ['two blanks and a tab', 'user=jdoe  \tremip=192.0.2.1', 'jdoe', '192.0.2.1', false],
  ['empty values', 'user="" remip=', '', '', false],
  ['the first of equal keys', 'user=a user=b remip=1 remip=2', 'a', '1', false],
  ['a key inside quotes', 'msg="user=x remip=y" user=a remip=b', 'a', 'b', false],
  ['escaped quotes', String.raw`user="a\" remip=x b=\"" remip=b`, 'a" remip=x b="', 'b', false],
  ['an escaped backslash at the end', String.raw`user="a\\" remip=b`, 'a\\', 'b', false],
  ['a single backslash', String.raw`user="CORP\jdoe" remip=b`, 'CORP\\jdoe', 'b', false],
  ['a backslash in a bare value', String.raw`user=CORP\\jdoe remip=b`, 'CORP\\\\jdoe', 'b', false],
  ['words that are no pairs', '- - 05:00 [x] user=a ) remip=b', 'a', 'b', false],
  ['a name that ends in a backslash', String.raw`user="a\" remip="b" msg="c"`, 'a\\', 'b', true],
  [
    'the last quote before a key counts',
    String.raw`user="a\" remip=x b\" remip="b" msg="c"`,
    'a" remip=x b\\',
    'b',
    true,
  ],
  ['quotes that were not escaped', 'user="a "b" c" remip=d', 'a "b" c', 'd', true],
  ['a name that ends its quotes', 'user="a" x" remip=b', 'a', 'b', true],
  ['one that does so before a key', 'user="a" x=y z",remip=b', 'a', 'b', true],
  ['a line cut short in a value', 'remip=b user="a', 'a', 'b', true],
  ['a line cut short after an escape', 'remip=b user="a\\', 'a\\', 'b', true],
])('reads %s', (_name, text, user, remip, recovered) => {
  const fields = fieldsOf(text)
  expect([fields.text(KEYS.user), fields.text(KEYS.remip)]).toEqual([user, remip])
  expect(fields.recovered).toBe(recovered)
})

test('names may share a slot, and hold hyphens', () => {
  const fields = fieldsOf('login=0101039424 cert-type=x')
  expect(fields.text(KEYS.logid)).toBe('0101039424')
  expect(fields.text(KEYS['cert-type'])).toBe('x')
})

test('a head is read no further than its two keys', () => {
  const bytes = Buffer.from('logid=1 type=event user=a')
  const fields = new PairFields(KEY_VALUE, KEYS, [KEYS.logid, KEYS.type])
  fields.readHead(bytes, 0, bytes.length)
  expect(fields.has(KEYS.user)).toBe(false)
  fields.readRest(0)
  expect(fields.text(KEYS.user)).toBe('a')
})

test('a line after another keeps nothing of it', () => {
  const bytes = Buffer.from('user=a remip=b\nuser=c')
  const fields = new PairFields(KEY_VALUE, KEYS, [KEYS.logid, KEYS.type])
  for (const [start, end, remip] of [
    [0, 14, 'b'],
    [15, 21, ''],
  ] as const) {
    fields.readHead(bytes, start, end)
    expect(fields.text(KEYS.remip)).toBe(remip)
  }
})

test('bytes that are no UTF-8 become U+FFFD and are told', () => {
  const bytes = Buffer.concat([Buffer.from('user="é'), Buffer.from([0xff]), Buffer.from('"')])
  const fields = new PairFields(KEY_VALUE, KEYS, [KEYS.logid, KEYS.type])
  fields.readHead(bytes, 0, bytes.length)
  expect(fields.text(KEYS.user)).toBe('é\ufffd')
  expect(fields.recovered).toBe(true)
})

test('a field that came again is told, wherever it stood and whatever came before', () => {
  const fields = new PairFields(KEY_VALUE, KEYS, [KEYS.logid, KEYS.type], new Set([KEYS.msg]))
  for (const [text, hasRepeats] of [
    ['user=a logid=1 type=event msg=b', false],
    ['user=a user=b logid=1 type=event msg=b', true],
    ['user=a logid=1 type=event msg=b user=c', true],
    ['user=a login=2 logid=1 type=event msg=b', true],
    ['user=a logid=1 type=event msg=b msg=c', false],
    ['user=a logid=1 type=event msg=b', false],
  ] as const) {
    const bytes = Buffer.from(text)
    for (let times = 0; times < 3; times++) {
      fields.readHead(bytes, 0, bytes.length)
      fields.readRest(1)
      expect([text, fields.text(KEYS.user), fields.hasRepeats]).toEqual([text, 'a', hasRepeats])
    }
  }
})

test('limits: a value is cut, pairs after the last allowed one are not read', () => {
  const long = fieldsOf(`user="${'x'.repeat(VALUE_BYTES_MAX + 1)}" remip=b`)
  expect(long.text(KEYS.user)).toHaveLength(VALUE_BYTES_MAX)
  expect(long.recovered).toBe(true)
  const allowed = 'a=1 '.repeat(PAIRS_MAX - 1)
  expect(fieldsOf(`${allowed}remip=b`).text(KEYS.remip)).toBe('b')
  expect(fieldsOf(`${allowed}a=1 remip=b`).text(KEYS.remip)).toBe('')
})

test('a value that the device escaped is read as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
      const escaped = name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
      const fields = fieldsOf(`remip=192.0.2.1 user="${escaped}" msg="m"`)
      expect(fields.text(KEYS.user)).toBe(Buffer.from(name).toString())
      expect(fields.text(KEYS.msg)).toBe('m')
    }),
  )
})
