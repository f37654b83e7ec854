import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type AlertDocument, DeliveryStopped, type Destination } from '@sekisho/alert-sink'
import { SYSTEM_CLOCK } from '../clock.ts'
import { FileDisk } from '../disk.ts'
import { Forwarder } from './forwarder.ts'
import { Outbox } from './outbox.ts'

let folder: string
let disk: FileDisk
let outbox: Outbox

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-outbox-'))
  disk = new FileDisk()
  outbox = await Outbox.open(disk, folder)
})

afterEach(async () => {
  await disk.close()
  rmSync(folder, { recursive: true })
})

async function added(...ids: string[]): Promise<void> {
  const text = ids.map((id) => `${JSON.stringify({ id })}\n`).join('')
  await disk.append(outbox.path, Buffer.from(text))
}

/** Keeps what arrives; while it is away it waits until it is stopped. */
class Shelf implements Destination {
  readonly name: string
  readonly arrived: string[] = []
  isAway = false
  isClosed = false

  constructor(name: string) {
    this.name = name
  }

  async deliver(documents: readonly AlertDocument[], signal: AbortSignal): Promise<void> {
    if (this.isAway) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      throw new DeliveryStopped()
    }
    this.arrived.push(...documents.map(({ text }) => (JSON.parse(text) as { id: string }).id))
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}

function forwarderTo(...destinations: Destination[]): Forwarder {
  return new Forwarder({ disk, folder, outbox, destinations, clock: SYSTEM_CLOCK })
}

/** Runs until a condition holds. */
async function forwarded(forwarder: Forwarder, isEnough: () => boolean | Promise<boolean>) {
  const running = forwarder.run()
  while (!(await isEnough())) await SYSTEM_CLOCK.sleep(5)
  forwarder.stop()
  await running
}

describe('documents in the outbox', () => {
  test('arrive in their order, each once, also over a restart', async () => {
    const shelf = new Shelf('shelf')
    await added('a', 'b')
    await forwarded(forwarderTo(shelf), () => shelf.arrived.length === 2)
    await added('c')
    const again = forwarderTo(shelf)
    await forwarded(again, () => again.isDone())
    expect(shelf.arrived).toEqual(['a', 'b', 'c'])
    expect(shelf.isClosed).toBe(true)
  })

  test('are not held up by a destination that is away, which gets them later', async () => {
    const [near, far] = [new Shelf('near'), new Shelf('far')]
    far.isAway = true
    await added('a', 'b')
    await forwarded(forwarderTo(near, far), () => near.arrived.length === 2)
    expect(far.arrived).toEqual([])
    far.isAway = false
    const again = forwarderTo(near, far)
    await forwarded(again, () => again.isDone())
    expect(far.arrived).toEqual(['a', 'b'])
    expect(near.arrived).toEqual(['a', 'b'])
  })

  test('wait until they are whole', async () => {
    const shelf = new Shelf('shelf')
    await added('a')
    await disk.append(outbox.path, Buffer.from('{"id":"b'))
    await forwarded(forwarderTo(shelf), () => shelf.arrived.length === 1)
    await disk.append(outbox.path, Buffer.from('"}\n'))
    await forwarded(forwarderTo(shelf), () => shelf.arrived.length === 2)
    expect(shelf.arrived).toEqual(['a', 'b'])
  })

  test('are given again when it is not known whether they arrived', async () => {
    const shelf = new Shelf('shelf')
    await added('a')
    await forwarded(forwarderTo(shelf), () => shelf.arrived.length === 1)
    await disk.remove(join(folder, 'shelf.position'))
    await forwarded(forwarderTo(shelf), () => shelf.arrived.length === 2)
    expect(shelf.arrived).toEqual(['a', 'a'])
  })

  test('go on in another file when one has grown large, and what all have passed is removed', async () => {
    const [near, far] = [new Shelf('near'), new Shelf('far')]
    far.isAway = true
    const large = 'x'.repeat(1024 * 1024)
    await added(...Array.from({ length: 17 }, (_, i) => `${i} ${large}`))
    await outbox.look()
    await added('last')
    const segments = () => readdirSync(folder).filter((name) => name.endsWith('.ndjson'))
    await forwarded(forwarderTo(near, far), () => near.arrived.length === 18)
    expect(segments()).toEqual(['1.ndjson', '2.ndjson'])
    far.isAway = false
    await forwarded(forwarderTo(near, far), () => segments().length === 1)
    expect(far.arrived.map((id) => id.split(' ')[0])).toEqual(
      near.arrived.map((id) => id.split(' ')[0]),
    )
    expect(far.arrived.at(-1)).toBe('last')
  })

  test('end the service when a destination is broken', async () => {
    const broken: Destination = {
      name: 'broken',
      deliver: () => Promise.reject(new TypeError('a mistake of ours')),
      close: async () => {},
    }
    const shelf = new Shelf('shelf')
    await added('a')
    await expect(forwarderTo(shelf, broken).run()).rejects.toThrow('a mistake of ours')
    expect(shelf.isClosed).toBe(true)
  })
})
