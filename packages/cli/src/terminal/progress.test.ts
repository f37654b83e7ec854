import { describe, expect, test } from '@jest/globals'
import { keptOutput } from '../testing/fake-io.ts'
import { Progress } from './progress.ts'

/** A clock that stands where it is put. */
function clock(): { nowMs: () => number; to: (ms: number) => void } {
  let nowMs = 1_000_000
  const startMs = nowMs
  return {
    nowMs: () => nowMs,
    to: (ms) => {
      nowMs = startMs + ms
    },
  }
}

describe('Progress', () => {
  test('on a terminal one line is overwritten, with rate and time left, and taken away', () => {
    const output = keptOutput({ isTerminal: true })
    const { nowMs, to } = clock()
    const progress = new Progress(output, 'auto', nowMs, 100_000_000)
    progress.read(1_000_000, 1_000)
    expect(output.text).toBe('')
    to(2_000)
    progress.read(20_000_000, 600_000)
    expect(output.text).toBe(
      '\r\u001b[KReading 20.0 MB of 100.0 MB (20 %), 300,000 lines/s, 0:08 left',
    )
    to(2_100)
    progress.read(30_000_000, 700_000)
    progress.clear()
    progress.clear()
    expect(output.text.endsWith('0:08 left\r\u001b[K')).toBe(true)
  })

  test('bytes of finished sources count', () => {
    const output = keptOutput({ isTerminal: true })
    const { nowMs, to } = clock()
    const progress = new Progress(output, 'auto', nowMs, 4_000)
    progress.sourceDone(3_000)
    to(1_000)
    progress.read(500, 10)
    expect(output.text).toContain('Reading 3.5 kB of 4.0 kB (87 %), 10 lines/s')
  })

  test('the rate is that of the last seconds', () => {
    const output = keptOutput({ isTerminal: true })
    const { nowMs, to } = clock()
    const progress = new Progress(output, 'auto', nowMs, null)
    for (const [ms, lines] of [
      [5_000, 0],
      [10_000, 100_000],
      [11_000, 220_000],
    ] as const) {
      to(ms)
      progress.read(1, lines)
    }
    expect(output.text.endsWith('Reading 1 B, 120,000 lines/s')).toBe(true)
  })

  test.each([
    ['auto', false, ''],
    ['never', true, ''],
    ['always', false, 'Reading 10 B, 1 lines/s\nRead 0 B, 6 lines, 1 lines/s\n'],
  ] as const)('mode %s, terminal %j', (mode, isTerminal, text) => {
    const output = keptOutput({ isTerminal })
    const { nowMs, to } = clock()
    const progress = new Progress(output, mode, nowMs, null)
    to(6_000)
    progress.read(10, 6)
    progress.read(11, 6)
    progress.readingDone(6)
    progress.clear()
    expect(output.text).toBe(text)
  })

  test('a line never wraps, which could not be overwritten', () => {
    const output = keptOutput({ isTerminal: true, columns: 40 })
    const { nowMs, to } = clock()
    const progress = new Progress(output, 'auto', nowMs, 1)
    to(1_000)
    progress.step('x'.repeat(100))
    expect(output.text).toBe(`\r\u001b[K${'x'.repeat(39)}`)
  })
})
