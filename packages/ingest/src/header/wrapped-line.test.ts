import { expect, test } from '@jest/globals'
import { WrappedLine } from './wrapped-line.ts'

const wrapped = new WrappedLine()

function unwrapped(object: string): string | null {
  const bytes = Buffer.from(object)
  const length = wrapped.unwrap(bytes, 1, bytes.length)
  return length < 0 ? null : wrapped.bytes.toString('utf8', 0, length)
}

test.each(['message', 'log', '_raw', 'MESSAGE', 'event.original'])('%s holds a line', (key) => {
  const line = '<188>date=2026-03-14 user="CORP\\\\é\\"😀"\n'
  expect(unwrapped(JSON.stringify({ host: 'a', [key]: line, tags: ['b'] }))).toBe(line)
})

test.each([
  [
    'the original before what was made of it',
    { message: 'b', event: { original: 'a', x: { y: [1] } } },
  ],
  ['the same with a dot', { message: 'b', 'event.original': 'a', log: 'c' }],
  ['message before what is left', { MESSAGE: 'd', log: 'c', _raw: 'e', message: 'a' }],
  ['a text before an object', { log: { file: 'x' }, event: 'y', MESSAGE: 'a' }],
  ['what is not empty', { message: '', event: { original: '' }, log: 'a' }],
  ['the first of equal keys', '{"message":"a","message":"b"}'],
  ['an object with blanks', '{ "event" : { "original" : "a" } , "message" : "b" }'],
])('of several, %s', (_name, object) => {
  expect(unwrapped(typeof object === 'string' ? object : JSON.stringify(object))).toBe('a')
  expect(wrapped.isGuessed).toBe(false)
})

test.each([
  '{}',
  '{"message":""}',
  '{"message":null,"log":1,"_raw":["a"]}',
  '{"x":{"message":"a"},"event":{"x":{"original":"a"}}}',
  '{"event":[{"original":"a"}],"original":"a"}',
  '{"messages":"a","Message":"b"}',
])('%s holds none', (object) => {
  expect(unwrapped(object)).toBeNull()
})

test('a line cut short is told, and not of the next one', () => {
  expect(unwrapped('{"host":"h","message":"date=2026\\u00')).toBe('date=2026\\u00')
  expect(wrapped.isGuessed).toBe(true)
  expect(unwrapped('{"event":{"original":"a')).toBe('a')
  expect(wrapped.isGuessed).toBe(true)
  expect(unwrapped('{"message":"b"}')).toBe('b')
  expect(wrapped.isGuessed).toBe(false)
})
