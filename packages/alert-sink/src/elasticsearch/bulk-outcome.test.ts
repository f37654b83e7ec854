import { describe, expect, test } from '@jest/globals'
import { type BulkItem, outcomeAt, outcomeOf, reasonTextOf } from './bulk-outcome.ts'

function item(status: number, type = '', reason = ''): BulkItem {
  return { status, error: { type, reason } }
}

describe('outcomeOf', () => {
  test.each<[string, BulkItem]>([
    ['created', { status: 201 }],
    ['replaced', { status: 200 }],
    ['there already', item(409, 'version_conflict_engine_exception')],
  ])('%s is written', (_, answer) => {
    expect(outcomeOf(answer)).toEqual({ kind: 'written' })
  })

  test.each<[string, BulkItem]>([
    ['a full queue', item(429, 'es_rejected_execution_exception')],
    ['a full disk', item(429, 'cluster_block_exception')],
    ['a shard that is away', item(503, 'unavailable_shards_exception')],
    ['a fault of the server', item(500, 'null_pointer_exception')],
    ['a key that may not', item(403, 'security_exception')],
    ['an index that is blocked', item(403, 'cluster_block_exception')],
    ['a key that is gone', item(401, 'security_exception')],
    ['a missing target', item(404, 'index_not_found_exception')],
    ['a closed index', item(400, 'index_closed_exception')],
    ['another conflict', item(409, 'conflict_exception')],
    [
      'no more shards',
      item(
        400,
        'validation_exception',
        'Validation Failed: 1: this action would add [2] shards, but',
      ),
    ],
    [
      'an alias without index',
      item(400, 'illegal_argument_exception', 'no write index is defined for alias [x]'),
    ],
    [
      'a stream in the place of an index',
      item(
        400,
        'illegal_argument_exception',
        'only write ops with an op_type of create are allowed in data streams',
      ),
    ],
  ])('%s is tried again', (_, answer) => {
    expect(outcomeOf(answer)).toMatchObject({ kind: 'again', isFull: answer.status === 429 })
  })

  test.each<[string, BulkItem]>([
    [
      'a field of another type',
      item(400, 'document_parsing_exception', 'failed to parse [event.start]'),
    ],
    ['an object for a value', item(400, 'mapper_parsing_exception', 'object mapping')],
    [
      'a term without end',
      item(400, 'illegal_argument_exception', 'Document contains at least one immense term'),
    ],
    ['a bad name of an index', item(400, 'invalid_index_name_exception', 'must be lowercase')],
  ])('%s is refused, with the reason', (_, answer) => {
    const { type, reason } = answer.error ?? {}
    expect(outcomeOf(answer)).toEqual({ kind: 'refused', reason: `400 ${type}: ${reason}` })
  })
})

describe('outcomeAt', () => {
  test('is that of the item, whatever was asked for', () => {
    const items = [{ index: { status: 201 } }, { create: item(400, 'x', 'y') }]
    expect([outcomeAt(items, 0).kind, outcomeAt(items, 1).kind]).toEqual(['written', 'refused'])
  })

  test.each([[[]], [[null]], [[7]], [[{}]], [[{ index: null }]], [[{ index: { status: '201' } }]]])(
    '%j does not say that anything was written',
    (items) => {
      expect(outcomeAt(items, 0).kind).toBe('again')
    },
  )
})

describe('reasonTextOf', () => {
  test.each([
    [403, 'security_exception', /^the key or user may not write there; mend it/],
    [401, 'security_exception', /^the key or user may not write there; mend it/],
    [403, 'cluster_block_exception', /^403 cluster_block_exception/],
    [
      404,
      'index_not_found_exception',
      /^a target is missing; `sekisho setup elasticsearch` makes it/,
    ],
    [503, '', /^503$/],
  ])('%i %s', (status, type, text) => {
    expect(reasonTextOf(status, { type })).toMatch(text)
  })

  test('is not long, however long the answer is', () => {
    expect(reasonTextOf(500, { reason: 'x'.repeat(9999) })).toHaveLength(500)
  })
})
