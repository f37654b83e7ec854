import { expect, test } from '@jest/globals'
import { SimulatedWorld, SimulationError } from './world.ts'

/** Runs what is awaited in a process of its own, and tells what happened when, in whole virtual seconds. */
function observed(seed = 1) {
  const world = new SimulatedWorld(seed, { startMs: 0 })
  const process = world.process('p')
  const events: string[] = []
  const note = (event: string): void => {
    events.push(`${event} ${Math.round(world.nowMs / 1000)}`)
  }
  const sleep = async (ms: number): Promise<void> => {
    await process.clock.sleep(ms)
    note(`slept ${ms / 1000}`)
  }
  return { world, process, events, note, sleep }
}

test('time passes only in steps, and takes no time', async () => {
  const { world, events, sleep } = observed()
  void sleep(86_400_000)
  void sleep(5_000)
  expect(await world.run()).toBe('idle')
  expect(events).toEqual(['slept 5 5', 'slept 86400 86400'])
})

test('a run ends at its limits and goes on from there', async () => {
  const { world, events, sleep } = observed()
  for (const seconds of [1, 2, 3, 4]) void sleep(seconds * 1000)
  expect(await world.run({ steps: 1 })).toBe('steps')
  expect(await world.run({ until: () => events.length === 2 })).toBe('until')
  expect(await world.run({ forMs: 1500 })).toBe('time')
  expect(events).toHaveLength(3)
  expect(await world.run()).toBe('idle')
})

test('between two steps every chain of promises runs to its end', async () => {
  const { world, process, events } = observed()
  const long = async (): Promise<void> => {
    await process.clock.sleep(1)
    for (let link = 0; link < 1000; link++) await null
    events.push('end')
  }
  void long()
  void process.clock.sleep(50).then(() => events.push('next'))
  await world.run()
  expect(events).toEqual(['end', 'next'])
})

test('sleep ends at once when it is aborted, and no step of it is left', async () => {
  const { world, process, note, events } = observed()
  const controller = new AbortController()
  void process.clock.sleep(90_000, controller.signal).then(() => note('woken'))
  void process.clock.sleep(2_000).then(() => controller.abort())
  await world.run()
  expect(events).toEqual(['woken 2'])
  expect(world.nowMs).toBeLessThan(3_000)
  await process.clock.sleep(90_000, controller.signal)
})

test('nothing ever comes to a process that has crashed', async () => {
  const { world, process, events, sleep } = observed()
  const controller = new AbortController()
  void process.clock.sleep(9_000, controller.signal).then(() => events.push('aborted'))
  void sleep(5_000)
  world.after(1_000, 'crash', () => {
    process.crash()
    controller.abort()
    void sleep(1_000)
  })
  expect(await world.run()).toBe('idle')
  expect(events).toEqual([])
  const next = world.process('p')
  expect([process.id, next.id]).toEqual(['p#1', 'p#2'])
  expect(world.process('p')).toBe(next)
})

test('a paused process gets everything when it goes on', async () => {
  const { world, process, events, sleep } = observed()
  const controller = new AbortController()
  void sleep(5_000)
  void sleep(20_000)
  void process.clock.sleep(6_000, controller.signal).then(() => events.push('aborted'))
  world.after(1_000, 'pause', () => process.pause())
  world.after(9_000, 'abort', () => controller.abort())
  world.after(10_000, 'resume', () => process.resume())
  await world.run()
  expect(events).toEqual(['aborted', 'slept 5 10', 'slept 20 20'])
})

test('an error of a process fails the run with seed and last steps; not one after its crash', async () => {
  const failing = (isCrashed: boolean) => {
    const { world, process, sleep } = observed(4711)
    const main = async (): Promise<void> => {
      await sleep(1_000)
      if (isCrashed) process.crash()
      throw new TypeError('oh')
    }
    world.start(process, main)
    return world.run()
  }
  expect(await failing(true)).toBe('idle')
  const error = await failing(false).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(SimulationError)
  expect((error as Error).message).toMatch(/^oh\nseed 4711, step 2,.*\n.*p#1 starts\n.*p#1 wakes$/s)
  expect((error as Error).cause).toBeInstanceOf(TypeError)
})

test('a promise is completed, or said never to be', async () => {
  const { world, process } = observed()
  const { clock } = process
  expect(await world.complete(clock.sleep(9_000).then(() => 'done'))).toBe('done')
  const refused = clock.sleep(1).then(() => Promise.reject(new RangeError('no')))
  await expect(world.complete(refused)).rejects.toThrow(RangeError)
  await expect(world.complete(new Promise(() => {}))).rejects.toThrow(/not settled.*idle/)
})

test('faults strike whom they may, and the world can be healed', async () => {
  const world = new SimulatedWorld(3)
  const states = new Set<string>()
  const crashed: string[] = []
  world.onCrash(({ name }) => {
    crashed.push(name)
    world.after(1_000, 'restart', () => world.process(name))
  })
  const spared = world.process('spared', { isSpared: true })
  for (const name of ['a', 'b']) world.process(name)
  const ticking = async (): Promise<void> => {
    for (let round = 0; round < 3000; round++) {
      await spared.clock.sleep(100)
      for (const { state, isDisconnected } of world.processes)
        states.add(`${state} ${isDisconnected}`)
    }
  }
  world.start(spared, ticking)
  await world.run({ forMs: 290_000, faults: { crash: 0.01, pause: 0.01, disconnection: 0.01 } })
  expect(crashed.length).toBeGreaterThan(5)
  expect([...new Set(crashed)].sort()).toEqual(['a', 'b'])
  expect([...states].sort()).toEqual([
    'paused false',
    'paused true',
    'running false',
    'running true',
  ])
  world.heal()
  await world.run({ forMs: 5_000 })
  expect(world.processes.map(({ silentSinceMs }) => silentSinceMs)).toEqual([null, null, null])
})

test('the trace of a run is the same for the same seed only', async () => {
  const hashOf = async (seed: number): Promise<string> => {
    const { world, sleep } = observed(seed)
    for (let count = 0; count < 50; count++) void sleep(1000 * world.random.fraction())
    await world.run()
    return world.traceHash
  }
  const hashes = await Promise.all([1, 2, 3, 1, 2, 3].map(hashOf))
  expect(hashes.slice(0, 3)).toEqual(hashes.slice(3))
  expect(new Set(hashes).size).toBe(3)
})
