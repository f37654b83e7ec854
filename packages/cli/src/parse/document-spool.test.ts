import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { BitSet } from './bit-set.ts'
import { DocumentSpool } from './document-spool.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('DocumentSpool', () => {
  test('gives back what it was given, in order, whatever the sizes', () => {
    const spool = new DocumentSpool(folder)
    const documents = [0, 1, 5, 1_048_571, 1_048_576, 3_000_000, 2, 700_000, 700_000].map(
      (length, i) => ({ text: String(i).repeat(length), isOpen: i % 2 === 0 }),
    )
    for (const document of documents) spool.append(document)
    let count = 0
    for (const document of spool.documents()) {
      expect(document.isOpen).toBe(documents[count]?.isOpen)
      expect(document.text === documents[count]?.text).toBe(true)
      count++
    }
    expect(count).toBe(documents.length)
    spool.close()
    spool.close()
  })

  test('leaves no name behind, even while it is open', () => {
    const spool = new DocumentSpool(folder)
    spool.append({ text: 'x', isOpen: false })
    expect(readdirSync(folder)).toStrictEqual([])
    spool.close()
  })

  test('says where it cannot write', () => {
    expect(() => new DocumentSpool(join(folder, 'missing'))).toThrow(
      `a temporary file in ${join(folder, 'missing')} (TMPDIR) cannot be written: no such folder`,
    )
  })
})

test('BitSet is a set', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 100_000 })), fc.nat({ max: 100_000 }), (members, other) => {
      const bits = new BitSet()
      for (const member of members) bits.add(member)
      for (const member of members) expect(bits.has(member)).toBe(true)
      expect(bits.has(other)).toBe(members.includes(other))
    }),
    { seed: 5, numRuns: 100 },
  )
})
