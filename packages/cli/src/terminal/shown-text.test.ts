import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { shownStart, shownText } from './shown-text.ts'

/** Ranges of code points that make a terminal do something or hide something. */
const ACTED_ON: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
]

function isActedOn(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return ACTED_ON.some(([first, last]) => code >= first && code <= last)
}

describe('shownText', () => {
  const cases: [string, string][] = [
    ['CORP\\alice', 'CORP\\alice'],
    ['山田 太郎', '山田 太郎'],
    ['naïve – “quoted” €', 'naïve – “quoted” €'],
    ['\u001b[2J\u001b]0;owned\u0007', '\\u{1b}[2J\\u{1b}]0;owned\\u{7}'],
    ['a\r\nb\tc', 'a\\u{d}\\u{a}b\\u{9}c'],
    ['\u009b31m', '\\u{9b}31m'],
    ['abc\u202egnp.exe', 'abc\\u{202e}gnp.exe'],
    ['ad\u200bmin\u2066x\u2069', 'ad\\u{200b}min\\u{2066}x\\u{2069}'],
    ['line\u2028break', 'line\\u{2028}break'],
    ['half \ud800 pair', 'half \\u{d800} pair'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
  ]
  test.each(cases)('%j', (text, shown) => {
    expect(shownText(text)).toBe(shown)
  })

  test('whatever the text, nothing that a terminal acts on is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const shown = shownText(text)
        expect([...shown].filter(isActedOn)).toStrictEqual([])
        expect(shown.isWellFormed()).toBe(true)
      }),
      { seed: 7, numRuns: 500 },
    )
  })
})

test('shownStart cuts before it escapes, and says so', () => {
  expect(shownStart('abc', 3)).toBe('abc')
  expect(shownStart('abcd', 3)).toBe('abc…')
  expect(shownStart('\u0007\u0007\u0007', 2)).toBe('\\u{7}\\u{7}…')
  expect(shownStart('x😀', 2)).toBe('x\\u{d83d}…')
})
