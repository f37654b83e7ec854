import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { type KeptOutput, keptOutput } from '../testing/fake-io.ts'
import { type ServiceLog, serviceLog } from './logger.ts'

const NOW_MS = Date.UTC(2026, 10, 23, 5, 41, 58, 123)

let stderr: KeptOutput
beforeEach(() => {
  stderr = keptOutput()
})
afterEach(() => {
  jest.useRealTimers()
})

function log(format: 'json' | 'text', level: 'debug' | 'info' | 'warn' = 'info'): ServiceLog {
  return serviceLog('score', { level, format }, { stderr, nowMs: () => NOW_MS })
}

function lines(): Record<string, unknown>[] {
  const texts = stderr.text.split('\n').slice(0, -1)
  return texts.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('the log of a service', () => {
  test('is ECS, one object a line', async () => {
    const own = log('json')
    own.with({ stage: 'user' }).info('restored', 'The state is restored', { partition: 3 })
    await own.flush()
    expect(lines()).toStrictEqual([
      {
        '@timestamp': '2026-11-23T05:41:58.123Z',
        'log.level': 'info',
        'ecs.version': '9.0.0',
        'service.name': 'sekisho-score',
        'event.action': 'restored',
        message: 'The state is restored',
        sekisho: { stage: 'user', partition: 3 },
      },
    ])
  })

  test('or text', async () => {
    const own = log('text')
    own.warn('away', 'The broker is away', { broker: 'a:1', reason: 'it says "no"', nested: [1] })
    await own.flush()
    expect(stderr.text).toBe(
      '2026-11-23T05:41:58.123Z WARN  The broker is away broker=a:1 reason="it says \\"no\\"" nested=[1] (away)\n',
    )
  })

  test('leaves out what is below its level', async () => {
    const own = log('json', 'warn')
    own.debug('a', 'a')
    own.info('b', 'b')
    own.warn('c', 'c')
    own.error('d', 'd')
    await own.flush()
    expect(lines().map((line) => line['log.level'])).toStrictEqual(['warn', 'error'])
  })

  test.each(['json', 'text'] as const)('gives no terminal a command, as %s', async (format) => {
    const own = log(format)
    own.info('read', 'a\u001b[2Jb\u009bc\u202ed\u{e0001}\ne', { path: 'x\u001b[2J\u2028\u009by' })
    await own.flush()
    expect(stderr.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}](?!$)/u)
    expect(stderr.text.split('\n')).toHaveLength(2)
    if (format === 'json') {
      expect(lines()[0]).toMatchObject({
        message: 'a\u001b[2Jb\u009bc\u202ed\u{e0001}\ne',
        sekisho: { path: 'x\u001b[2J\u2028\u009by' },
      })
    }
  })

  test('says a message again after ten seconds at the earliest, with the number of times', async () => {
    jest.useFakeTimers()
    const own = log('json')
    const repeats = (): unknown[] => lines().map(({ sekisho }) => sekisho)
    for (let i = 0; i < 500; i++) own.warn('away', 'The broker is away', { attempt: i })
    own.warn('other', 'Something else')
    own.with({ partition: 1 }).warn('away', 'The broker is away')
    await jest.advanceTimersByTimeAsync(9_999)
    expect(repeats()).toStrictEqual([{ attempt: 0 }, undefined, { partition: 1 }])
    await jest.advanceTimersByTimeAsync(1)
    expect(repeats().slice(3)).toStrictEqual([{ attempt: 499, repeated: 499 }])
    own.warn('away', 'The broker is away', { attempt: 500 })
    await own.flush()
    expect(repeats().slice(4)).toStrictEqual([{ attempt: 500 }])
    await jest.advanceTimersByTimeAsync(60_000)
    own.warn('away', 'The broker is away', { attempt: 501 })
    await own.flush()
    expect(repeats().slice(5)).toStrictEqual([{ attempt: 501 }])
    expect(jest.getTimerCount()).toBe(0)
  })

  test('drops lines rather than memory when nobody reads it, and says how many', async () => {
    let release: () => void = () => {}
    const blocked = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = { ...keptOutput(), write: () => blocked }
    const own = serviceLog(
      'run',
      { level: 'info', format: 'json' },
      { stderr: slow, nowMs: Date.now },
    )
    const text = 'x'.repeat(4000)
    for (let i = 0; i < 400; i++) own.info(`action-${i}`, text)
    release()
    await own.flush()
    Object.assign(slow, { write: stderr.write })
    own.info('last', 'The last one')
    await own.flush()
    const [{ droppedLines } = {}] = lines().map(({ sekisho }) => sekisho as Record<string, unknown>)
    expect(droppedLines).toBeGreaterThan(100)
    expect(droppedLines).toBeLessThan(200)
  })

  test('goes on when it cannot be written', async () => {
    const broken = { ...keptOutput(), write: () => Promise.reject(new Error('disk full')) }
    const own = serviceLog(
      'run',
      { level: 'info', format: 'text' },
      { stderr: broken, nowMs: Date.now },
    )
    own.info('a', 'a')
    await expect(own.flush()).resolves.toBeUndefined()
  })
})
