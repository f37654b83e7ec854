import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Store } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a store', () => {
  test('gives back what was appended, in memory and on disk', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 })
    fc.assert(
      fc.property(pieces, fc.integer({ min: 0, max: 800 }), (parts, bytesMax) => {
        const store = new Store(bytesMax, folder)
        for (const part of parts) store.append(Buffer.from(part))
        const all = Buffer.concat(parts)
        expect(store.length).toBe(all.length)
        expect(store.isOnDisk).toBe(all.length > bytesMax)
        const middle = Buffer.alloc(Math.floor(all.length / 2))
        store.read(middle, Math.floor(all.length / 3))
        expect(middle).toEqual(all.subarray(Math.floor(all.length / 3)).subarray(0, middle.length))
        store.close()
      }),
      { seed: 4, numRuns: 50 },
    )
  })

  test('keeps megabytes in one piece', () => {
    const bytes = Buffer.alloc(3_000_000, 'abcdefg')
    const store = new Store(4_000_000, folder)
    store.append(bytes.subarray(0, 1_500_000))
    store.append(bytes.subarray(1_500_000))
    const back = Buffer.alloc(bytes.length)
    store.read(back, 0)
    expect(store.isOnDisk).toBe(false)
    expect(back.equals(bytes)).toBe(true)
  })

  test('leaves no name behind, even before it is closed', () => {
    const store = new Store(0, folder)
    store.append(Buffer.from('secret'))
    expect(store.isOnDisk).toBe(true)
    expect(readdirSync(folder)).toEqual([])
    store.close()
  })
})

describe('a disk that fails', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
  })

  test('is named, with what to do', () => {
    let writes = 0
    const store = new Store(10, folder, (_file, _bytes, _start, length) => {
      writes++
      if (writes > 2) throw full
      return Math.min(length, 6)
    })
    store.append(Buffer.alloc(10))
    expect(() => store.append(Buffer.alloc(10))).toThrow(
      `cannot write to a temporary file in ${folder} after 1 MB: ENOSPC: no space left on device, write; ` +
        'free space there, name another folder, or allow more memory',
    )
  })

  test('is tried again with the rest when it takes a part', () => {
    const written: number[] = []
    const store = new Store(0, folder, (_file, _bytes, start, length) => {
      written.push(start)
      return Math.min(length, 4)
    })
    store.append(Buffer.alloc(10))
    expect(written).toEqual([0, 4, 8])
    store.close()
  })

  test('a folder that does not exist is named', () => {
    const store = new Store(0, join(folder, 'missing'))
    expect(() => store.append(Buffer.alloc(1))).toThrow(
      `cannot create a temporary file in ${join(folder, 'missing')}: ENOENT`,
    )
    store.close()
  })
})
