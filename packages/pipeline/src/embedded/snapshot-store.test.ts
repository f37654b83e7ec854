import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { FileDisk } from '../disk.ts'
import { SnapshotStore } from './snapshot-store.ts'

let folder = ''
let store: SnapshotStore<{ number: number }, string>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  store = new SnapshotStore(new FileDisk(), folder)
})
afterEach(() => rmSync(folder, { recursive: true }))

async function written(...numbers: number[]): Promise<void> {
  for (const number of numbers) {
    await store.write(number, { number }, [Buffer.from(`state ${number}`)], `rest ${number}`)
  }
}

describe('SnapshotStore', () => {
  test('keeps the newest two', async () => {
    await written(1, 2, 3)
    expect(readdirSync(folder).sort()).toEqual(['snapshot.2', 'snapshot.3'])
    const found = await store.newest()
    expect([found?.header, found?.rest]).toEqual([{ number: 3 }, 'rest 3'])
    expect(Buffer.concat([...(found?.chunks() ?? [])]).toString()).toBe('state 3')
  })

  test('there is none', async () => {
    expect(await store.newest()).toBeNull()
  })

  test('cut at every byte or changed in any, the one before is used, never a wrong one', async () => {
    await written(1, 2)
    const path = join(folder, 'snapshot.2')
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] as number) ^ 0x40
      for (const damaged of [whole.subarray(0, at), changed]) {
        writeFileSync(path, damaged)
        const found = await store.newest()
        expect([found?.rest, found?.problems.length]).toEqual(['rest 1', 1])
      }
    }
  })

  test('all are damaged: refused, with each of them named', async () => {
    await written(1, 2)
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'no state')
    await expect(store.newest()).rejects.toThrow(
      /snapshot\.2 cannot be used.*snapshot\.1 cannot be used/,
    )
  })
})
