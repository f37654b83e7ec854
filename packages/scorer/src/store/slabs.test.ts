import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type SlabRef, Slabs } from './slabs.ts'

fc.configureGlobal({ seed: 20_261_122 })

interface Piece {
  readonly ref: SlabRef
  readonly length: number
  readonly mark: number
}

test('pieces never overlap, and what is freed is used again', () => {
  const lengths = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 65_536 }))
  const steps = fc.array(fc.record({ length: lengths, frees: fc.option(fc.nat({ max: 99 })) }), {
    maxLength: 80,
  })
  fc.assert(
    fc.property(steps, (all) => {
      const slabs = new Slabs()
      let pieces: Piece[] = []
      for (const [i, { length, frees }] of all.entries()) {
        if (frees !== null && pieces.length > 0) {
          const piece = pieces[frees % pieces.length] as Piece
          slabs.free(piece.ref, piece.length)
          pieces = pieces.filter((other) => other !== piece)
        }
        const ref = slabs.allocate(length)
        expect(ref).not.toBe(0)
        const mark = 1 + (i % 255)
        slabs.page(ref).bytes.fill(mark, slabs.at(ref), slabs.at(ref) + length)
        pieces.push({ ref, length, mark })
      }
      for (const { ref, length, mark } of pieces) {
        const bytes = slabs.page(ref).bytes.subarray(slabs.at(ref), slabs.at(ref) + length)
        expect(bytes.length).toBe(length)
        expect(bytes.every((byte) => byte === mark)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('room that is free is counted in steps of 16 bytes', () => {
  const slabs = new Slabs()
  const ref = slabs.allocate(17)
  expect([slabs.freeBytes, slabs.byteLength]).toEqual([0, 65_536])
  slabs.free(ref, 17)
  expect(slabs.freeBytes).toBe(32)
  expect(slabs.allocate(48)).not.toBe(ref)
  expect(slabs.allocate(32)).toBe(ref)
  expect([slabs.freeBytes, slabs.byteLength]).toEqual([0, 131_072])
  expect([slabs.isSameClass(17, 32), slabs.isSameClass(16, 17)]).toEqual([true, false])
})
