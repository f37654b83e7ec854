import { Writable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { textOutputOf } from './io.ts'

/** A stream whose every write fails with a system error, or works. */
function stream(code: string | null, more: object = {}): Writable {
  const writable = new Writable({
    write(_chunk, _encoding, done) {
      done(code === null ? null : Object.assign(new Error(code), { code }))
    },
  })
  return Object.assign(writable, more)
}

describe('textOutputOf', () => {
  test('a reader that has gone is no error, and what follows is dropped', async () => {
    const output = textOutputOf(stream('EPIPE'), 'standard output', {})
    expect(output.isClosed).toBe(false)
    await output.write('a')
    expect(output.isClosed).toBe(true)
    await output.write('b')
  })

  test('a full disk is an error with a sentence', async () => {
    const output = textOutputOf(stream('ENOSPC'), 'standard output', {})
    await expect(output.write('a')).rejects.toThrow(
      'standard output cannot be written: the disk is full',
    )
  })

  test.each<[object, Record<string, string>, number]>([
    [{ isTTY: true, columns: 132 }, { COLUMNS: '80' }, 132],
    [{ isTTY: true, columns: 0 }, {}, 100],
    [{}, { COLUMNS: '80' }, 80],
    [{}, { COLUMNS: '3' }, 40],
    [{}, { COLUMNS: 'wide' }, 100],
    [{}, {}, 100],
  ])('%j, environment %j: %i columns', (more, environment, columns) => {
    const output = textOutputOf(stream(null, more), 'standard output', environment)
    expect(output.columns).toBe(columns)
    expect(output.isTerminal).toBe('isTTY' in more)
  })
})
