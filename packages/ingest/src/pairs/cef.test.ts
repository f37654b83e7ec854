import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { KEY_BYTES_MAX } from '../limits.ts'
import { cefExtension } from './cef.ts'
import { PairFields } from './pair-fields.ts'

fc.configureGlobal({ seed: 20_260_314 })

const KEYS = { user: 0, dst: 1, msg: 2 }

function fieldsOf(text: string): PairFields {
  const bytes = Buffer.from(text)
  const fields = new PairFields(cefExtension(['VND', 'Vendor']), KEYS, [KEYS.user, KEYS.dst])
  fields.readAll(bytes, 0, bytes.length, 0)
  return fields
}

test.each([
  ['values with blanks', 'user=j doe dst=b', 'j doe', 'b', false],
  ['a value at the end', 'dst=b user=j doe', 'j doe', 'b', false],
  ['an empty value', 'user= dst=b', '', 'b', false],
  ['an empty value at the end', 'dst=b user=', '', 'b', false],
  ['several blanks before a key', 'user=a   dst=b', 'a', 'b', false],
  ['escapes', String.raw`user=a\=b\\c\|d\/e dst=b`, 'a=b\\c|d/e', 'b', false],
  ['an escaped imitation of a pair', String.raw`user=a dst\=x dst=b`, 'a dst=x', 'b', false],
  ['an escaped backslash before a key', String.raw`user=CORP\\ dst=b`, 'CORP\\', 'b', false],
  ['a backslash that was not escaped', String.raw`user=CORP\jdoe dst=b`, 'CORP\\jdoe', 'b', false],
  ['such a backslash before a key', 'user=CORP\\ dst=b', 'CORP\\', 'b', false],
  ['a sign behind no key', 'user=a (b)= c = d=e dst=b', 'a (b)= c =', 'b', false],
  ['words before the first pair', 'x y user=a dst=b', 'a', 'b', false],
  ['prefixes', 'VNDuser=a Vendordst=b', 'a', 'b', false],
  ['a prefix and no name', 'VND=x user=a dst=b', 'a', 'b', false],
  ['the first of equal keys, which is told', 'user=a dst=b VNDdst=c', 'a', 'b', true],
])('reads %s', (_name, text, user, dst, hasRepeats) => {
  const fields = fieldsOf(text)
  expect([fields.text(KEYS.user), fields.text(KEYS.dst)]).toEqual([user, dst])
  expect(fields.hasRepeats).toBe(hasRepeats)
})

test('a word that is longer than any key is none', () => {
  const key = 'k'.repeat(KEY_BYTES_MAX)
  expect(fieldsOf(`user=a ${key}=b`).text(KEYS.user)).toBe('a')
  expect(fieldsOf(`user=a ${key}k=b`).text(KEYS.user)).toBe(`a ${key}k=b`)
})

test('lines with the same pairs are read alike, whatever came before', () => {
  const fields = new PairFields(cefExtension(['VND']), KEYS, [KEYS.user, KEYS.dst])
  for (const [text, user, dst] of [
    ['VNDx=1 user=a dst=b msg=c', 'a', 'b'],
    ['VNDx=1 user=a b dst=b msg=c', 'a b', 'b'],
    ['VNDx=1 user=a dst=x msg=c', 'a', 'x'],
    ['VNDx=1 user=a dst x msg=c', 'a dst x', ''],
    ['VNDx=1 user= dst=b msg=c', '', 'b'],
    ['VNDx=1 user=a dst=b msg', 'a', 'b msg'],
    ['VNDx=1 user=a dst=b msg=c dst=d', 'a', 'b'],
    ['VNDx=1 user=a dst=b msg=c', 'a', 'b'],
  ] as const) {
    const bytes = Buffer.from(text)
    for (let times = 0; times < 3; times++) {
      fields.readAll(bytes, 0, bytes.length, 0)
      expect([text, fields.text(KEYS.user), fields.text(KEYS.dst)]).toEqual([text, user, dst])
      expect(fields.hasRepeats).toBe(text.endsWith(' dst=d'))
      fields.readHead(bytes, 0, bytes.length)
      fields.readRest(1)
      expect([text, fields.text(KEYS.user), fields.text(KEYS.dst)]).toEqual([text, user, dst])
      expect(fields.hasRepeats).toBe(text.endsWith(' dst=d'))
    }
  }
})

test('a value that the device escaped is read as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
      const escaped = name.replace(/[\\=|]/g, '\\$&')
      const fields = fieldsOf(`dst=192.0.2.1 user=<${escaped}> msg=m`)
      expect(fields.text(KEYS.user)).toBe(`<${Buffer.from(name).toString()}>`)
      expect(fields.text(KEYS.msg)).toBe('m')
    }),
  )
})
