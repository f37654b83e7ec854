import { describe, expect, test } from '@jest/globals'
import { escaped, label, linearScale, logitScale, logScale, mark, px } from './svg.ts'

describe('scales', () => {
  test('ends and middle; what lies outside is at an end', () => {
    const linear = linearScale(0, 10, 100)
    expect([0, 5, 10, -1, 11].map(linear)).toEqual([0, 50, 100, 0, 100])
  })

  test('an order of magnitude is as long as another, nothing lies at the beginning', () => {
    const log = logScale(0.01, 100, 400)
    expect([0, 0.01, 0.1, 1, 100, 1000].map((value) => Math.round(log(value)))).toEqual([
      0, 0, 100, 200, 400, 400,
    ])
  })

  test('odds: a half is in the middle, certainty at an end', () => {
    const logit = logitScale(0.001, 0.999, 200)
    expect([0, 0.001, 0.5, 0.999, 1].map((value) => Math.round(logit(value)))).toEqual([
      0, 0, 100, 200, 200,
    ])
  })
})

test('text cannot leave its place', () => {
  const hostile = '<script>"&'
  expect(escaped(hostile)).toBe('&lt;script&gt;&quot;&amp;')
  expect(label(0, 0, hostile)).not.toContain('<script')
  expect(mark(0, 0, 'circle', 'first', hostile)).not.toContain('<script')
})

test('coordinates have a tenth of a pixel', () => {
  expect([1 / 3, 2, -0.04].map(px)).toEqual(['0.3', '2', '0'])
})
