import { once } from 'node:events'
import { request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { BrokerError } from '@sekisho/bus'
import { SettingsFolder } from '../config/testing/service-settings.ts'
import type { Io } from '../io.ts'
import { Stopped } from '../stopped.ts'
import { type KeptOutput, keptOutput } from '../testing/fake-io.ts'
import { UsageError } from '../usage-error.ts'
import { runService, type Service } from './service-frame.ts'
import { UnreachableError } from './unreachable-error.ts'

let folder: SettingsFolder
let stderr: KeptOutput
let stop: AbortController
beforeEach(() => {
  folder = new SettingsFolder()
  stderr = keptOutput()
  stop = new AbortController()
})
afterEach(() => {
  jest.useRealTimers()
  folder.remove()
})

function run(service: Service, yaml = 'http: false\n', exit = jest.fn<(code: number) => void>()) {
  const io: Io = {
    stdin: Readable.from([]),
    stdout: keptOutput(),
    stderr,
    environment: {},
    signal: stop.signal,
    nowMs: () => 0,
  }
  return runService('score', folder.serviceConfig(yaml), io, service, { exit })
}

function actions(): unknown[] {
  const lines = stderr.text.split('\n').slice(0, -1)
  return lines.map((line) => (JSON.parse(line) as Record<string, unknown>)['event.action'])
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe('how a service ends', () => {
  test('by itself: code 0', async () => {
    expect(await run(async ({ log }) => log.info('read', 'Everything is read'))).toBe(0)
    expect(actions()).toStrictEqual(['service-started', 'read', 'service-ended'])
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('%s, and it drains: code 0', async (signal) => {
    const code = run(async ({ signal, health }) => {
      await untilAborted(signal)
      expect(health.readiness().isOk).toBe(false)
    })
    stop.abort(new Stopped(signal))
    expect(await code).toBe(0)
    expect(actions()).toStrictEqual(['service-started', 'service-draining', 'service-ended'])
  })

  test('asked to stop before it begins, it begins and drains', async () => {
    stop.abort(new Stopped('SIGTERM'))
    expect(await run(async ({ signal }) => expect(signal.aborted).toBe(true))).toBe(0)
  })

  test('that it throws what the signal was aborted with is the same', async () => {
    const code = run(async ({ signal }) => {
      await untilAborted(signal)
      signal.throwIfAborted()
    })
    stop.abort(new Stopped('SIGTERM'))
    expect(await code).toBe(0)
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)(
    '%s, and it does not drain in ten seconds: cut off, code %i',
    async (signal, code) => {
      jest.useFakeTimers()
      const exit = jest.fn<(code: number) => void>()
      let hasEnded = false
      const ended = run(() => new Promise(() => {}), undefined, exit).then((value) => {
        hasEnded = true
        return value
      })
      await jest.advanceTimersByTimeAsync(60_000)
      stop.abort(new Stopped(signal))
      await jest.advanceTimersByTimeAsync(9_999)
      expect(hasEnded).toBe(false)
      await jest.advanceTimersByTimeAsync(1)
      expect(await ended).toBe(code)
      expect(exit.mock.calls).toStrictEqual([[code]])
      expect(actions()).toContain('service-cut-off')
    },
  )

  test.each([
    new BrokerError('unavailable', 'kafka-1:9092 does not answer'),
    new UnreachableError('kafka-1:9092 does not answer'),
  ])('something it needs is unreachable: code 4 and a sentence', async (error) => {
    expect(await run(() => Promise.reject(error))).toBe(4)
    expect(actions()).toStrictEqual(['service-started', 'service-unreachable', 'service-ended'])
    expect(stderr.text).toContain('kafka-1:9092 does not answer')
  })

  test.each([new UsageError('wrong'), new TypeError('a bug')])(
    'other errors are told by who called: %p',
    async (error) => {
      await expect(run(() => Promise.reject(error))).rejects.toBe(error)
      expect(actions()).toStrictEqual(['service-started', 'service-ended'])
    },
  )
})

describe('its HTTP server', () => {
  test('tells of it while it runs, and of its end', async () => {
    const port = await freePort()
    const ask = async (path: string): Promise<number | undefined> => {
      const outgoing = request({ host: '127.0.0.1', port, path, agent: false }).end()
      const [incoming] = await once(outgoing, 'response')
      incoming.resume()
      return incoming.statusCode
    }
    const code = run(async ({ signal, health }) => {
      const check = health.check('restore', 'restoring')
      expect(await ask('/readyz')).toBe(503)
      check.pass()
      expect(await ask('/readyz')).toBe(200)
      expect(await ask('/metrics')).toBe(200)
      stop.abort(new Stopped('SIGTERM'))
      expect(signal.aborted).toBe(true)
      expect(await ask('/readyz')).toBe(503)
      expect(await ask('/livez')).toBe(200)
    }, `http: {port: ${port}}\n`)
    expect(await code).toBe(0)
    await expect(ask('/livez')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('a port that is taken is a sentence, and nothing is started', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const service = jest.fn<Service>()
    await expect(run(service, `http: {port: ${port}}\n`)).rejects.toThrow(
      new UsageError(
        `http: cannot listen at 127.0.0.1 port ${port}: another process has it (this service, if it runs already)`,
      ),
    )
    expect(service).not.toHaveBeenCalled()
    other.close()
  })
})

test('no secret shows in log, health or metrics, whatever is logged', async () => {
  folder.write('token', 'CANARY-token\n')
  folder.write('pw', 'CANARY-password\n')
  const port = await freePort()
  const yaml = `
http: {port: ${port}, tokenFile: token}
log: {level: debug}
kafka: {brokers: [a:1], sasl: {mechanism: scram-sha-256, username: u, passwordFile: pw}}
`
  const config = folder.serviceConfig(yaml)
  let answers = ''
  await run(async ({ log }) => {
    const password = config.kafka?.sasl?.password.read()
    log.debug('config', 'The configuration', { config })
    log.error('login', `Login failed: password=${password}`, {
      sasl: { password },
      error: new Error(`Authorization: Bearer ${config.http?.token?.read()}`),
    })
    for (const path of ['/livez', '/readyz', '/metrics']) {
      const headers = { authorization: 'Bearer CANARY-token' }
      const outgoing = request({ host: '127.0.0.1', port, path, agent: false, headers }).end()
      const [incoming] = await once(outgoing, 'response')
      for await (const chunk of incoming) answers += String(chunk)
    }
  }, yaml)
  expect(answers).toContain('sekisho_lines_total')
  expect(actions()).toContain('login')
  expect(answers + stderr.text).not.toContain('CANARY')
})
