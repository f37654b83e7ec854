import { describe, expect, test } from '@jest/globals'
import { causeEffectOf } from './causes.ts'

const COMPLETE = {
  travelled: { impossible_travel: 4, new_for_user: 2 },
  ordinary: { new_for_user: 3 },
}

describe('causeEffectOf', () => {
  const cases = [
    [
      'only the term is lost',
      { travelled: { new_for_user: 2 }, ordinary: { new_for_user: 3 } },
      { after: 0, inBoth: 2, otherwiseChanged: 0, unexplained: 0 },
    ],
    [
      'with the term a document may go',
      { ordinary: { new_for_user: 3 } },
      { after: 0, inBoth: 1, otherwiseChanged: 0, unexplained: 0 },
    ],
    ['without it it may not', { travelled: { new_for_user: 2 } }, { inBoth: 1, unexplained: 1 }],
    [
      'another value of a document that had nothing to lose',
      { ...COMPLETE, ordinary: { new_for_user: 2 } },
      { after: 1, otherwiseChanged: 1 },
    ],
    [
      'a document that was not there',
      { ...COMPLETE, strange: { new_gateway: 1 } },
      { unexplained: 1 },
    ],
  ] as const
  test.each(cases)('%s', (_name, lacking, expected) => {
    expect(causeEffectOf('coordinates', COMPLETE, lacking)).toMatchObject({
      before: 1,
      ...expected,
    })
  })
})
