import { describe, expect, test } from '@jest/globals'
import { WakeUp } from './wake-up.ts'

describe('a sleeper', () => {
  const never = new AbortController().signal

  test('is woken by what happens, also by what happened before', async () => {
    const wakeUp = new WakeUp()
    const sleeping = wakeUp.sleep(never)
    wakeUp.wake()
    await sleeping
    wakeUp.wake()
    await wakeUp.sleep(never)
    // Both wake-ups are used up.
    let isAwake = false
    const third = wakeUp.sleep(never).then(() => {
      isAwake = true
    })
    await new Promise(setImmediate)
    expect(isAwake).toBe(false)
    wakeUp.wake()
    await third
  })

  test('is woken by its signal and by its time', async () => {
    const wakeUp = new WakeUp()
    const stop = new AbortController()
    const sleeping = wakeUp.sleep(stop.signal)
    stop.abort()
    await sleeping
    await wakeUp.sleep(stop.signal)
    await wakeUp.sleep(never, 1)
  })
})
