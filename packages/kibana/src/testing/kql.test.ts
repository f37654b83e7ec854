import { expect, test } from '@jest/globals'
import { fieldsOfKql, queryOfKql } from './kql.ts'

function matching(field: string, ...values: string[]) {
  const should = values.map((value) => ({ match: { [field]: value } }))
  return { bool: { should, minimum_should_match: 1 } }
}

test.each([
  ['', [], []],
  ['a.b: c', [matching('a.b', 'c')], []],
  ['a: "x y"', [matching('a', 'x y')], []],
  ['a: *', [{ exists: { field: 'a' } }], []],
  ['a: (b or c)', [matching('a', 'b', 'c')], []],
  ['not a: b', [], [matching('a', 'b')]],
  [
    'a: b and not c: d and e: *',
    [matching('a', 'b'), { exists: { field: 'e' } }],
    [matching('c', 'd')],
  ],
])('%s', (query, filter, must_not) => {
  expect(queryOfKql(query)).toEqual({ bool: { filter, must_not } })
})

test('fields, those of negations too', () => {
  expect(fieldsOfKql('a.b: c and not d: (e or f)')).toEqual(['a.b', 'd'])
})

test.each([
  'a',
  'a:b',
  'a: b or c: d',
  'a: b and',
  'a: b and ',
  'a: (b or)',
  '(a: b)',
  'a: b*',
  'a > 3',
])('%s is refused', (query) => {
  expect(() => queryOfKql(query)).toThrow()
})
