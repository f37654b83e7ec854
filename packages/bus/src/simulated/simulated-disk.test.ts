import { expect, test } from '@jest/globals'
import { SimulatedDisk } from './simulated-disk.ts'
import { SimulatedWorld } from './world.ts'

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed)
const OLD = Buffer.from('the old snapshot')
const CHUNKS = [Buffer.from('the new '), Buffer.from('snapshot, which is longer')]

/** Replaces a file, crashes at some step, and tells what the next life of the process finds. */
async function replaced(seed: number, isUnsynced: boolean) {
  const world = new SimulatedWorld(seed)
  const disk = new SimulatedDisk(world, { isUnsynced })
  const process = world.process('p')
  const files = disk.of(process)
  await world.complete(files.writeAtomically('snapshot', [OLD]))
  await world.complete(files.sync('snapshot'))
  let isDone = false
  void files.writeAtomically('snapshot', CHUNKS).then(() => {
    isDone = true
  })
  await world.run({ steps: seed % 12 })
  process.crash()
  const next = disk.of(world.process('p'))
  const found = await world.complete(next.read('snapshot'))
  return { isDone, found: found?.toString() ?? null, names: await world.complete(next.list('')) }
}

test('a file is replaced whole or not at all, and for good when that was said', async () => {
  const outcomes = new Set<string>()
  for (const seed of SEEDS) {
    const { isDone, found, names } = await replaced(seed, false)
    outcomes.add(`${isDone} ${found}`)
    expect(names).toEqual(['snapshot'])
  }
  expect([...outcomes].sort()).toEqual([
    `false ${Buffer.concat(CHUNKS)}`,
    `false ${OLD}`,
    `true ${Buffer.concat(CHUNKS)}`,
  ])
})

test('without syncing it may be torn, or gone back to the old one', async () => {
  const whole = [OLD.toString(), Buffer.concat(CHUNKS).toString()]
  let torn = 0
  let undone = 0
  for (const seed of SEEDS) {
    const { isDone, found } = await replaced(seed, true)
    if (found === null || !whole.includes(found)) torn++
    else if (isDone && found === whole[0]) undone++
  }
  expect(torn).toBeGreaterThan(5)
  expect(undone).toBeGreaterThan(5)
})

test('of what was appended everything synced stays, and of the rest a part, or something else behind it', async () => {
  const outcomes = new Set<string>()
  for (const seed of SEEDS) {
    const world = new SimulatedWorld(seed)
    const disk = new SimulatedDisk(world)
    const process = world.process('p')
    const files = disk.of(process)
    await world.complete(files.append('journal', Buffer.from('synced.')))
    await world.complete(files.sync('journal'))
    const unsynced = Buffer.from('unsynced')
    void files.append('journal', unsynced)
    await world.run({ steps: seed % 4 })
    process.crash()
    const found = await world.complete(disk.of(world.process('p')).read('journal'))
    const text = found?.toString('latin1') ?? ''
    expect(text.startsWith('synced.')).toBe(true)
    const rest = text.slice('synced.'.length)
    if (rest === '') outcomes.add('none')
    else if (rest === 'unsynced') outcomes.add('all')
    else outcomes.add('unsynced'.startsWith(rest) ? 'part' : 'garbage')
  }
  expect([...outcomes].sort()).toEqual(['all', 'garbage', 'none', 'part'])
})

test('files are removed, listed and missing; folders belong to the name of a process', async () => {
  const world = new SimulatedWorld(1)
  const disk = new SimulatedDisk(world)
  const [one, other] = [disk.of(world.process('one')), disk.of(world.process('other'))]
  await world.complete(one.append('b', Buffer.from('b')))
  await world.complete(one.writeAtomically('a', []))
  expect([...(await world.complete(one.list('')))].sort()).toEqual(['a', 'b'])
  expect(await world.complete(one.read('a'))).toEqual(Buffer.alloc(0))
  expect(await world.complete(other.list(''))).toEqual([])
  await world.complete(one.remove('b'))
  await world.complete(one.remove('b'))
  expect(await world.complete(one.read('b'))).toBeNull()
})

test('a removal that was not synced may be undone', async () => {
  const found = new Set<boolean>()
  for (const seed of SEEDS.slice(0, 60)) {
    const world = new SimulatedWorld(seed)
    const disk = new SimulatedDisk(world)
    const process = world.process('p')
    await world.complete(disk.of(process).writeAtomically('a', [OLD]))
    await world.complete(disk.of(process).remove('a'))
    process.crash()
    found.add((await world.complete(disk.of(world.process('p')).read('a'))) !== null)
  }
  expect(found.size).toBe(2)
})
