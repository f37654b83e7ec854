import { expect, test } from '@jest/globals'
import { Interned } from './interned.ts'

test('an equal value that outlives a sweep is not taken for what came after', () => {
  const interned = new Interned<{ readonly text: string }>(({ text }) => text)
  const copy = { text: 'tokyo' }
  interned.idOf({ text: 'tokyo' })
  interned.idOf(copy)
  interned.sweep(() => false)
  interned.idOf({ text: 'frankfurt' })
  expect(interned.value(interned.idOf(copy))).toEqual(copy)
})
