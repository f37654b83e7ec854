import { expect, test } from '@jest/globals'
import type { OutputFile } from '@sekisho/alert-sink'
import { RejectedLines } from './rejected-lines.ts'

test('the first five are shown, escaped; all are kept, with their first 4 KiB', () => {
  const written: string[] = []
  const file = { write: (text: string) => written.push(text) } as unknown as OutputFile
  const rejected = new RejectedLines(file)
  const hostile = Buffer.from(`\u001b]0;owned\u0007${'x'.repeat(5_000)}`)
  for (let number = 1; number <= 7; number++) {
    const line = { path: 'a\u202eb.log', number }
    rejected.add(line, 'unknown-format', 'The line is odd.', hostile, 70_000)
  }
  expect(rejected.shown).toHaveLength(5)
  expect(rejected.shown[0]).toBe(
    `a\\u{202e}b.log:1: unknown-format: The line is odd. Is this a log of Fortinet FortiGate or Pulse Secure Connect Secure?\n  \\u{1b}]0;owned\\u{7}${'x'.repeat(150)}…`,
  )
  expect(written).toHaveLength(7)
  expect(written[6]).not.toContain('\u202e')
  const kept = JSON.parse(written[6] ?? '')
  expect(kept).toStrictEqual({
    path: 'a\u202eb.log',
    number: 7,
    reason: 'unknown-format',
    detail: 'The line is odd.',
    length: 70_000,
    raw: hostile.toString('utf8', 0, 4096),
  })
})
