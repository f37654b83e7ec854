import { expect, test } from '@jest/globals'
import { Stopped } from './stopped.ts'
import { Turns } from './turns.ts'

test('a turn is due after 50 ms of work, also when the clock was set back', async () => {
  let nowMs = 1_000
  const turns = new Turns({ signal: new AbortController().signal, nowMs: () => nowMs })
  expect(turns.isDue).toBe(false)
  nowMs += 49
  expect(turns.isDue).toBe(false)
  nowMs += 1
  expect(turns.isDue).toBe(true)
  await turns.take()
  expect(turns.isDue).toBe(false)
  nowMs -= 3_600_000
  expect(turns.isDue).toBe(true)
})

test('a turn lets what waits run, and hears when it asks to stop', async () => {
  const controller = new AbortController()
  const turns = new Turns({ signal: controller.signal, nowMs: () => 0 })
  setImmediate(() => controller.abort(new Stopped('SIGINT')))
  await expect(turns.take()).rejects.toThrow(new Stopped('SIGINT'))
})
