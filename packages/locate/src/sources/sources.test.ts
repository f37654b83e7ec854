import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { asnRowsIn } from './asn-csv.ts'
import { openMmdb } from './mmdb.ts'
import { MmdbDecoder } from './mmdb-decoder.ts'
import { findDatabaseFiles } from './packages.ts'

const folder = mkdtempSync(join(tmpdir(), 'sekisho-sources-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('ASN rows', () => {
  const path = join(folder, 'asn.csv')

  test('with plain and quoted names, and without a last newline', () => {
    writeFileSync(path, '1,2,64500,Plain Name\n3,4,64501,"Quoted, ""Inc"""\r\n5,6,64502,')
    expect([...asnRowsIn(path)]).toEqual([
      { start: '1', end: '2', asn: 64_500, name: 'Plain Name' },
      { start: '3', end: '4', asn: 64_501, name: 'Quoted, "Inc"' },
      { start: '5', end: '6', asn: 64_502, name: '' },
    ])
  })

  test.each(['1,2,x,Name', '1,2', 'nothing\n1,2,3,Name', '1,2,64500.5,Name'])(
    'refuses %p: the format has changed',
    (text) => {
      writeFileSync(path, text)
      expect(() => [...asnRowsIn(path)]).toThrow('not a row')
    },
  )
})

describe('MaxMind DB', () => {
  test('is refused without its metadata', () => {
    expect(() => openMmdb(Buffer.from('something else'))).toThrow('not a MaxMind DB')
  })

  // Each value as the format's specification lays it out: control byte, (size), payload.
  test.each<[string, readonly number[], unknown]>([
    ['text', [0x43, 0x61, 0x62, 0x63], 'abc'],
    ['empty text', [0x40], ''],
    ['text of 29 bytes', [0x5d, 0, ...new Array<number>(29).fill(0x61)], 'a'.repeat(29)],
    ['text of 285 bytes', [0x5e, 0, 0, ...new Array<number>(285).fill(0x61)], 'a'.repeat(285)],
    ['double', [0x68, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1.5],
    ['float', [0x04, 0x08, 0x3f, 0xc0, 0, 0], 1.5],
    ['16-bit number', [0xa2, 0x01, 0x02], 258],
    ['zero', [0xc0], 0],
    ['32-bit number', [0xc4, 0xff, 0xff, 0xff, 0xff], 4_294_967_295],
    ['signed number', [0x04, 0x01, 0xff, 0xff, 0xff, 0xfe], -2],
    ['64-bit number', [0x02, 0x02, 0x01, 0x00], 256],
    ['bytes', [0x82, 1, 2], Buffer.from([1, 2])],
    ['true', [0x01, 0x07], true],
    ['false', [0x00, 0x07], false],
    ['array', [0x02, 0x04, 0x41, 0x61, 0xa1, 0x05], ['a', 5]],
    ['map', [0xe1, 0x41, 0x61, 0xe1, 0x41, 0x62, 0xa1, 0x07], { a: { b: 7 } }],
    ['pointer', [0x20, 0x02, 0x41, 0x7a], 'z'],
    ['pointers in a map', [0xe1, 0x20, 0x05, 0x20, 0x07, 0x41, 0x6b, 0x41, 0x76], { k: 'v' }],
  ])('%s', (_name, bytes, value) => {
    expect(new MmdbDecoder(Buffer.from(bytes), 0).valueAt(0)).toEqual(value)
  })

  test('pointers of two, three and four bytes count from their bases', () => {
    const bytes = Buffer.alloc(600_000)
    bytes.set([0x41, 0x78], 2048 + 7)
    bytes.set([0x41, 0x79], 526_336 + 9)
    bytes.set([0x28, 0, 7, 0x30, 0, 0, 9, 0x38, 0, 0, 8, 7])
    const decoder = new MmdbDecoder(bytes, 0)
    expect([0, 3, 7].map((at) => decoder.valueAt(at))).toEqual(['x', 'y', 'x'])
  })

  test('a value that runs over the end is an error, not a wrong value', () => {
    expect(() => new MmdbDecoder(Buffer.from([0x68, 0x3f]), 0).valueAt(0)).toThrow(/bounds/)
  })
})

describe('database files', () => {
  test('have a date and a fingerprint of every file', () => {
    const files = findDatabaseFiles()
    expect(files.asnMonth).toMatch(/^20\d\d-\d\d$/)
    expect(files.fingerprint.split('\n')).toHaveLength(10)
    expect(findDatabaseFiles().fingerprint).toBe(files.fingerprint)
  })
})
