import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { unescapeJson } from '../text/json-text.ts'
import { unescaped } from '../text/unescaped.ts'
import { JSON_PAIRS } from './json-pairs.ts'
import { PairFields } from './pair-fields.ts'
import { JSON_TEXT } from './pair-syntax.ts'

fc.configureGlobal({ seed: 20_260_314 })

const KEYS = { user: 0, remip: 1, logid: 2, type: 3, msg: 4 }

function newFields(): PairFields {
  return new PairFields(JSON_PAIRS, KEYS, [KEYS.logid, KEYS.type])
}

function fieldsOf(text: string, fields = newFields()): PairFields {
  const bytes = Buffer.from(text)
  fields.readHead(bytes, 1, bytes.length)
  fields.readRest(0)
  return fields
}

test.each([
  ['texts', '{"user":"a","remip":"b"}', 'a', 'b', false],
  ['blanks', '{ "user" : "a" ,\t"remip" : "b" }', 'a', 'b', false],
  [
    'digits as they are',
    '{"user":1773474000930594323,"remip":-1.5e3}',
    '1773474000930594323',
    '-1.5e3',
    false,
  ],
  ['words', '{"user":true,"remip":null}', 'true', '', false],
  ['an object and an array', '{"user":{"remip":"x","a":[{}]},"remip":[1,"]"]}', '', '', false],
  ['what follows them', '{"x":{"user":"}"},"user":"a","y":[[]],"remip":"b"}', 'a', 'b', false],
  [
    'escapes',
    String.raw`{"user":"\"\\\/\u00e9\ud83d\ude00\t","remip":"b"}`,
    '"\\/é😀\t',
    'b',
    false,
  ],
  [
    'half a surrogate pair',
    String.raw`{"user":"\ud83d","remip":"\ude00x"}`,
    '\ufffd',
    '\ufffdx',
    false,
  ],
  ['a key in a text', '{"msg":"\\"user\\":\\"x\\"","user":"a","remip":"b"}', 'a', 'b', false],
  ['the first of equal keys', '{"user":"a","user":"b","remip":"c","remip":"d"}', 'a', 'c', false],
  [
    'keys of objects',
    '{"__proto__":{"user":"x"},"constructor":"y","user":"a","remip":"b"}',
    'a',
    'b',
    false,
  ],
  ['no second object', '{"user":"a"}{"remip":"b"}', 'a', '', false],
  ['an empty text', '{"user":"","remip":""}', '', '', false],
  ['a text cut short', '{"remip":"b","user":"a', 'a', 'b', true],
  ['a text cut short in an escape', '{"remip":"b","user":"a\\u00', 'a\\u00', 'b', true],
  ['an object cut short', '{"remip":"b","user":{"x":"y"', '', 'b', true],
  ['a key cut short', '{"remip":"b","user', '', 'b', false],
  [
    'quotes that were not escaped',
    '{"user":"bob "the" builder","remip":"b"}',
    'bob "the" builder',
    'b',
    true,
  ],
  [
    'quotes and a comma that were not escaped',
    '{"user":"bob", jr","remip":"b"}',
    'bob", jr',
    'b',
    true,
  ],
  ['such a quote at the end', '{"user":"a"b"}', 'a"b', '', true],
  ['a backslash that was not escaped', '{"user":"CORP\\","remip":"b"}', 'CORP\\', 'b', true],
  ['such a backslash before a blank', '{"user":"CORP\\" , "remip":"b"}', 'CORP\\', 'b', true],
  ['junk behind a value', '{"x":1 2,"user":"a","remip":"b"}', 'a', 'b', true],
  ['junk between pairs', '{"x":{} y,"user":"a","z" ,"remip":"b"}', 'a', 'b', true],
  ['a text without a value', '{"x","user":"a","remip":"b"}', 'a', 'b', true],
])('reads %s', (_name, text, user, remip, recovered) => {
  const warm = newFields()
  fieldsOf('{"user":"a","remip":"b"}', warm)
  fieldsOf('{"logid":"1","type":"event","user":"a","remip":"b"}', warm)
  for (const fields of [fieldsOf(text), fieldsOf(text, warm), fieldsOf(text, warm)]) {
    expect([fields.text(KEYS.user), fields.text(KEYS.remip)]).toEqual([user, remip])
    expect(fields.recovered).toBe(recovered)
  }
})

const VALUES = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)

test('objects are read as JSON.parse reads them', () => {
  const nested = fc.oneof(VALUES, fc.array(VALUES), fc.dictionary(fc.string(), VALUES))
  const warm = newFields()
  fc.assert(
    fc.property(
      VALUES,
      nested,
      VALUES,
      fc.constantFrom(undefined, 1, '\t'),
      (user, x, remip, space) => {
        const text = JSON.stringify({ user, logid: 1, x, type: 'event', remip }, null, space)
        const known = JSON.parse(Buffer.from(text).toString())
        for (const fields of [fieldsOf(text), fieldsOf(text, warm)]) {
          for (const name of ['user', 'remip'] as const) {
            const expected = known[name] === null ? '' : String(known[name]).toWellFormed()
            expect(fields.text(KEYS[name])).toBe(expected)
          }
          expect(fields.recovered).toBe(false)
        }
      },
    ),
  )
})

test('a line cut anywhere keeps what is whole, and the pairs before', () => {
  const text = '{"logid":"0101039426","type":"event","user":"a","x":{"y":[1]},"remip":"b"}'
  for (let end = 1; end < text.length; end++) {
    const fields = fieldsOf(text.slice(0, end))
    expect('a'.startsWith(fields.text(KEYS.user))).toBe(true)
    expect(fields.text(KEYS.user)).toBe(end > text.indexOf('"a"') + 1 ? 'a' : '')
    expect(fields.text(KEYS.remip)).toBe(end > text.indexOf('"b"') + 1 ? 'b' : '')
  }
})

test('escapes are undone alike in bytes and in texts, as JSON.parse undoes them', () => {
  const pieces = fc.constantFrom(
    '\\',
    '"',
    'u',
    'd83d',
    '\\ud83d',
    '\\ude00',
    '\\n',
    '\\u0000',
    'é',
    'x',
    '\\u00E9',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const written = parts.join('')
      const bytes = Buffer.from(written)
      const target = Buffer.alloc(bytes.length)
      const text = target.toString('utf8', 0, unescapeJson(bytes, 0, bytes.length, target))
      expect(text).toBe(unescaped(written, JSON_TEXT))
      let known = text
      try {
        known = JSON.parse(`"${written}"`).toWellFormed()
      } catch {
        // Not all of these are JSON; they have to give something, and the same.
      }
      expect(text).toBe(known)
    }),
    { numRuns: 500 },
  )
})

test('bytes that are no UTF-8 stay as they are', () => {
  const bytes = Buffer.from([0x61, 0xff, 0x5c, 0x6e, 0xc3])
  const target = Buffer.alloc(bytes.length)
  const length = unescapeJson(bytes, 0, bytes.length, target)
  expect([...target.subarray(0, length)]).toEqual([0x61, 0xff, 0x0a, 0xc3])
})
