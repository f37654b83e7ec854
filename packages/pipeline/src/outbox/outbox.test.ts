import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { FileDisk } from '../disk.ts'
import { Outbox, type OutboxPosition } from './outbox.ts'

const LIMITS = { segmentBytes: 100, bytesMax: 300 }

let folder: string
let disk: FileDisk

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-outbox-'))
  disk = new FileDisk()
})

afterEach(async () => {
  await disk.close()
  rmSync(folder, { recursive: true })
})

test('documents of any length are read whole, as many as are wanted', async () => {
  const outbox = await Outbox.open(disk, folder)
  const texts = ['short', 'x'.repeat(300_000), 'last']
  await disk.append(outbox.path, Buffer.from(texts.map((text) => `${text}\n`).join('')))
  await disk.append(outbox.path, Buffer.from('not whole yet'))
  let position = await outbox.beginning()
  const read: string[] = []
  for (;;) {
    const batch = await outbox.read(position, 2, 10)
    if (batch === null) break
    read.push(...batch.texts)
    position = batch.next
  }
  expect(read).toEqual(texts)
})

test('segments follow each other, are full, and go when everybody has passed them', async () => {
  const outbox = await Outbox.open(disk, folder, LIMITS)
  const line = `${'y'.repeat(60)}\n`
  for (let i = 0; i < 6; i++) {
    await disk.append(outbox.path, Buffer.from(line))
    await outbox.look()
  }
  expect(readdirSync(folder).sort()).toEqual(['1.ndjson', '2.ndjson', '3.ndjson'])
  expect(outbox.bytes).toBe(6 * line.length)
  expect(outbox.isFull).toBe(true)
  let position: OutboxPosition = await outbox.beginning()
  for (let i = 0; i < 5; i++) {
    position = (await outbox.read(position, 1, 1))?.next ?? position
  }
  await outbox.forget([position, await outbox.beginning()])
  expect(readdirSync(folder)).toHaveLength(3)
  await outbox.forget([position])
  await outbox.look()
  expect(readdirSync(folder)).toEqual(['3.ndjson'])
  expect(outbox.isFull).toBe(false)
})
