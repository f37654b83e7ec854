import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { VARINT_BYTES_MAX, varintAt, writeVarint } from './varint.ts'

describe('varints', () => {
  test('come back as they were written, and are cut at any byte before their end', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        const bytes = Buffer.alloc(VARINT_BYTES_MAX + 1)
        const end = writeVarint(bytes, 1, value)
        expect(end).toBeLessThanOrEqual(VARINT_BYTES_MAX + 1)
        expect(varintAt(bytes, 1, bytes.length)).toEqual({ value, end })
        for (let cut = 1; cut < end; cut++) expect(varintAt(bytes, 1, cut)).toBeNull()
      }),
      { seed: 6 },
    )
  })

  test('of more bytes than any number has are none', () => {
    expect(varintAt(Buffer.alloc(20, 0x80), 0, 20)).toBeNull()
  })
})
