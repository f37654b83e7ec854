import { expect, test } from '@jest/globals'
import { type Capabilities, fieldProblems } from './field-problems.ts'
import type { Use } from './reading.ts'

function capability(type: string, isAggregatable = true, isSearchable = true) {
  return { type, isAggregatable, isSearchable }
}

const CAPABILITIES: Capabilities = new Map([
  ['day', capability('date')],
  ['word', capability('keyword')],
  ['unsorted', capability('keyword', false)],
  ['stored', capability('keyword', true, false)],
  ['sentence', capability('text', false)],
  ['risk', capability('double')],
  ['place', capability('geo_point')],
  ['list', capability('nested', false)],
])

function problemsOf(field: string, use: Use): string[] {
  const reading = { index: 'i', query: '', aggregations: {}, gapsOf: () => [] }
  return fieldProblems({ where: 'panel', ...reading, uses: [{ field, use }] }, CAPABILITIES)
}

test.each<[string, Use]>([
  ['day', 'date'],
  ['word', 'values'],
  ['word', 'asked'],
  ['unsorted', 'asked'],
  ['risk', 'number'],
  ['risk', 'values'],
  ['place', 'point'],
  ['place', 'line'],
  ['sentence', 'shown'],
])('%s fits %s', (field, use) => {
  expect(problemsOf(field, use)).toEqual([])
})

test.each<[string, Use, string]>([
  ['dya', 'date', 'is not mapped'],
  ['dya', 'shown', 'is not mapped'],
  ['word', 'date', 'is keyword, which does not fit: date'],
  ['word', 'number', 'is keyword, which does not fit: number'],
  ['word', 'point', 'is keyword, which does not fit: point'],
  ['sentence', 'values', 'is text, which does not fit: values'],
  ['sentence', 'asked', 'is text, which does not fit: asked'],
  ['place', 'values', 'is geo_point, which does not fit: values'],
  ['list', 'shown', 'is nested'],
  ['unsorted', 'values', 'cannot be aggregated'],
  ['stored', 'asked', 'cannot be searched'],
])('%s does not fit %s', (field, use, problem) => {
  expect(problemsOf(field, use)).toEqual([`panel: ${field} ${problem}`])
})
