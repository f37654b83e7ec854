import { describe, expect, test } from '@jest/globals'
import { OptionValues, variableOf } from './option-values.ts'

function given(flag: unknown, environment: Record<string, string> = {}): OptionValues {
  return new OptionValues(flag === undefined ? {} : { opt: flag }, environment)
}

describe('OptionValues', () => {
  test('flags win over the environment; an empty variable says nothing', () => {
    expect(given('a', { SEKISHO_OPT: 'b' }).text('opt')).toBe('a')
    expect(given(undefined, { SEKISHO_OPT: 'b' }).text('opt')).toBe('b')
    expect(given(undefined, { SEKISHO_OPT: '' }).text('opt')).toBeNull()
    expect(variableOf('fail-on')).toBe('SEKISHO_FAIL_ON')
  })

  test.each([[''], [false], [true]])('%j is no value', (flag) => {
    expect(() => given(flag).text('opt')).toThrow('--opt needs a value')
  })

  test('twice is once too often', () => {
    expect(() => given(['a', 'b']).text('opt')).toThrow('--opt was given more than once')
  })

  test.each<[unknown, Record<string, string>, boolean]>([
    [true, {}, true],
    [false, { SEKISHO_OPT: 'true' }, false],
    [undefined, { SEKISHO_OPT: '0' }, false],
    [undefined, { SEKISHO_OPT: 'yes' }, true],
    [undefined, {}, true],
  ])('switch %j, environment %j: %j', (flag, environment, isOn) => {
    expect(given(flag, environment).isOn('opt', true)).toBe(isOn)
  })

  test('a wrong word is named with where it stands, and the nearest right one', () => {
    const words = ['low', 'medium', 'high'] as const
    expect(given('high').choice('opt', words)).toBe('high')
    expect(() => given('hihg').choice('opt', words)).toThrow(
      '--opt must be low, medium or high, not "hihg"; did you mean high?',
    )
    expect(() => given(undefined, { SEKISHO_OPT: 'x' }).choice('opt', words)).toThrow(
      'SEKISHO_OPT must be low, medium or high, not "x"',
    )
    expect(() => given(undefined, { SEKISHO_OPT: 'maybe' }).isOn('opt', true)).toThrow(
      'SEKISHO_OPT must be true or false, not "maybe"',
    )
  })

  test.each<[string, number]>([
    ['1048576', 1_048_576],
    ['256M', 268_435_456],
    ['256MiB', 268_435_456],
    ['1.5g', 1_610_612_736],
    ['2048 kB', 2_097_152],
  ])('%s are %i bytes', (text, bytes) => {
    expect(given(text).bytes('opt', 1024)).toBe(bytes)
  })

  test.each([['x'], ['-5M'], ['1e9'], ['5T'], ['M'], ['9'.repeat(40)]])('%s is no size', (text) => {
    expect(() => given(text).bytes('opt', 1)).toThrow('must be a number of bytes')
  })

  test('too small a size is refused', () => {
    expect(() => given('1k').bytes('opt', 1_048_576)).toThrow('--opt must be at least 1M, not "1k"')
  })

  test.each<[string, string]>([
    ['2026-03-10', '2026-03-10T00:00:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
    ['2026-03-10T04:00', '2026-03-10T04:00:00.000Z'],
    ['2026-03-10T04:00:05.25', '2026-03-10T04:00:05.250Z'],
    ['2026-03-10T04:00:00Z', '2026-03-10T04:00:00.000Z'],
    ['2026-03-10T04:00:00+09:00', '2026-03-09T19:00:00.000Z'],
  ])('%s is %s, whatever the zone of the machine', (text, instant) => {
    expect(new Date(given(text).instantMs('opt') ?? 0).toISOString()).toBe(instant)
  })

  test.each([
    ['yesterday'],
    ['2026-13-01'],
    ['2026-02-30'],
    ['2026-02-29T04:00:00+09:00'],
    ['2026-04-31'],
    ['2026-03-10 04:00'],
    ['1773100800'],
    ['10.3.2026'],
  ])('%s is no time', (text) => {
    expect(() => given(text).instantMs('opt')).toThrow('--opt must be a time such as')
  })
})
