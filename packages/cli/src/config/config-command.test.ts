import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { OptionValues } from '../option-values.ts'
import { type Ran, ran } from '../testing/fake-io.ts'
import { failed, passed, unreachable } from './checks/check-row.ts'
import { kafkaChecks } from './checks/kafka-check.ts'
import { jsonSchema } from './config-command.ts'
import { readServiceConfig } from './read-service-config.ts'
import { OTHER_KEY, SERVER_CERTIFICATE, SERVER_KEY } from './testing/certificates.ts'
import { SettingsFolder } from './testing/service-settings.ts'
import { exitCodeOf } from './validate.ts'

let folder: SettingsFolder
let servers: Server[] = []
beforeEach(() => {
  folder = new SettingsFolder()
})
afterEach(() => {
  for (const server of servers) server.close()
  servers = []
  folder.remove()
})

async function config(
  args: readonly string[],
  yaml: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  folder.write('sekisho.yaml', yaml)
  const nowMs = (): number => Date.UTC(2027, 0, 1)
  const result = await ran(['config', ...args, '--config', folder.config], { environment, nowMs })
  return { ...result, stdout: result.stdout.replaceAll(folder.path, 'DIR') }
}

/** A port that is taken as long as the test runs. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A port that nobody has at the moment. */
async function freePort(): Promise<number> {
  const port = await takenPort()
  const server = servers.pop()
  server?.close()
  return port
}

describe('config validate', () => {
  test('a file in order is one row and code 0', async () => {
    const environment = { SEKISHO_LOG_LEVEL: 'warn', SEKISHO_HTTP_PORT: '9000' }
    expect(await config(['validate'], 'tenant: acme\n', environment)).toStrictEqual({
      code: 0,
      stdout:
        'PASS  configuration  DIR/sekisho.yaml is in order; set besides: SEKISHO_HTTP_PORT and SEKISHO_LOG_LEVEL\n',
      stderr: '',
    })
  })

  test('every mistake is a row, and code 2', async () => {
    const { code, stdout } = await config(['validate'], 'tennant: acme\nhttp: {port: 0}\n')
    expect(code).toBe(2)
    expect(stdout).toBe(
      'FAIL  configuration  DIR/sekisho.yaml: line 1: unknown key "tennant"; did you mean tenant?\n' +
        'FAIL  configuration  DIR/sekisho.yaml: line 2: http.port must be from 1 to 65535\n',
    )
  })

  test('--connect tries what is there, and leaves nothing behind', async () => {
    folder.write('vpn.log', 'x\n')
    folder.write('cert.pem', SERVER_CERTIFICATE)
    folder.write('key.pem', SERVER_KEY)
    const [tls, udp, http] = [await freePort(), await freePort(), await freePort()]
    const { code, stdout } = await config(
      ['validate', '--connect'],
      `
sources:
  - {type: syslog, transport: udp, port: ${udp}, receiveBufferBytes: 64KiB}
  - {type: syslog, transport: tls, port: ${tls}, tls: {certFile: cert.pem, keyFile: key.pem}}
  - {type: files, paths: ['*.log']}
signals: signals.ndjson
state: {spoolBytesMax: 16MiB}
http: {port: ${http}}
`,
    )
    expect(stdout.replace(/: [^:]* free, and/, ': … free, and').split('\n')).toStrictEqual([
      'PASS  configuration            DIR/sekisho.yaml is in order',
      `PASS  sources[1] syslog-1      can listen at 127.0.0.1 UDP port ${udp}`,
      `PASS  sources[2] syslog-2      can listen at 127.0.0.1 port ${tls}`,
      'PASS  sources[2] syslog-2 tls  the key DIR/key.pem belongs to the certificate DIR/cert.pem',
      'PASS  sources[3] files-3       DIR/*.log: 1 file can be read',
      'PASS  state.folder             DIR/sekisho-state can be written (made at the first start): … free, and the spool may take 16.8 MB',
      'PASS  signals                  DIR/signals.ndjson can be written',
      `PASS  http                     can listen at 127.0.0.1 port ${http}`,
      '',
    ])
    expect(code).toBe(0)
    expect(readdirSync(folder.path).sort()).toStrictEqual([
      'cert.pem',
      'key.pem',
      'sekisho.yaml',
      'vpn.log',
    ])
    expect(existsSync(join(folder.path, 'sekisho-state'))).toBe(false)
  })

  test('--connect says what is wrong and how to mend it', async () => {
    folder.write('cert.pem', SERVER_CERTIFICATE)
    folder.write('key.pem', OTHER_KEY)
    folder.write('file', 'x')
    folder.write('token', 'CANARY', 0o644)
    const port = await takenPort()
    const socket = createSocket('udp4').bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const udp = socket.address().port
    const { code, stdout } = await config(
      ['validate', '--connect'],
      `
sources:
  - {type: syslog, transport: udp, port: ${udp}}
  - {type: syslog, transport: tls, address: 127.0.0.1, port: ${port}, tls: {certFile: cert.pem, keyFile: key.pem}}
  - {type: files, paths: [nothing.log, '*.gz']}
  - {type: syslog, transport: tcp, address: 192.0.2.1}
state: {folder: file/below}
outputs: [{type: file, path: nowhere/alerts.ndjson}]
http: {port: ${port + 1 > 65_535 ? 1024 : port + 1}, tokenFile: token}
`,
    )
    socket.close()
    expect(code).toBe(2)
    const rows = stdout.split('\n').map((row) => row.replace(/ {2,}/g, ' | '))
    for (const row of [
      `FAIL | sources[1] syslog-1 | cannot listen at 127.0.0.1 UDP port ${udp}: another process has it (this service, if it runs already)`,
      `FAIL | sources[2] syslog-2 | cannot listen at 127.0.0.1 port ${port}: another process has it (this service, if it runs already)`,
      'FAIL | sources[2] syslog-2 tls | DIR/key.pem is not the key of the certificate in DIR/cert.pem',
      'FAIL | sources[3] files-3 | DIR/nothing.log: no such file or folder',
      'FAIL | sources[3] files-3 | DIR/*.gz: no file matches it',
      'FAIL | sources[4] syslog-4 | cannot listen at 192.0.2.1 port 5514: the address is none of this machine',
      'FAIL | state.folder | DIR/file/below cannot be written: a part of its path is no folder',
      'FAIL | outputs[1] | DIR/nowhere/alerts.ndjson cannot be written: no such file',
      'FAIL | http token | DIR/token (http.tokenFile) can be read by others than its owner; chmod 600 DIR/token mends that',
    ]) {
      expect(rows).toContain(row)
    }
    expect(stdout).not.toContain('CANARY')
  })

  test('a certificate that does not hold yet fails', async () => {
    folder.write('cert.pem', SERVER_CERTIFICATE)
    folder.write('key.pem', SERVER_KEY)
    folder.write(
      'sekisho.yaml',
      `http: false\nsources: [{type: syslog, transport: tls, port: ${await freePort()}, tls: {certFile: cert.pem, keyFile: key.pem}}]\n`,
    )
    const { code, stdout } = await ran(
      ['config', 'validate', '--connect', '--config', folder.config],
      {
        nowMs: () => Date.UTC(2026, 0, 1),
      },
    )
    expect(code).toBe(2)
    expect(stdout).toContain('cert.pem is not valid before 2026-11-23')
  })

  test('a broker that is away is code 4, and the clients are not asked', async () => {
    const away = await freePort()
    const { code, stdout } = await config(
      ['validate', '--connect'],
      `kafka: {brokers: ['127.0.0.1:${away}'], sasl: {mechanism: scram-sha-512, username: app}}\nhttp: false\n`,
      { SEKISHO_KAFKA_PASSWORD: 'CANARY' },
    )
    expect(code).toBe(4)
    expect(stdout).toContain(
      'without TLS, as app (scram-sha-512), password from SEKISHO_KAFKA_PASSWORD',
    )
    expect(stdout).toMatch(
      /FAIL {2}kafka broker 127.0.0.1:\d+ +cannot be reached: nothing listens there/,
    )
    expect(stdout).not.toContain('CANARY')
  })

  test('a broker that answers is asked by its clients', async () => {
    folder.write(
      'sekisho.yaml',
      `kafka: {brokers: ['127.0.0.1:${await takenPort()}'], prefix: p}\n`,
    )
    const values = folder.values()
    const check = kafkaChecks([
      async ({ prefix }) => [failed('topics', `${prefix}.alerts is missing`)],
    ])
    const rows = await check(readServiceConfig(values, {}))
    expect(rows.map(({ result, detail }) => `${result} ${detail}`)).toStrictEqual([
      'pass without TLS, without a user',
      'pass answers',
      'fail p.alerts is missing',
    ])
  })

  test('a mistake is told before what is away', () => {
    const rows = [passed('a', ''), unreachable('b', '')]
    expect(exitCodeOf(rows)).toBe(4)
    expect(exitCodeOf([...rows, failed('c', '')])).toBe(2)
    expect(exitCodeOf(rows.slice(0, 1))).toBe(0)
  })
})

describe('config', () => {
  test('schema is a JSON Schema that knows every key', async () => {
    const { code, stdout } = await ran(['config', 'schema'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toStrictEqual(jsonSchema())
    expect(JSON.parse(stdout)).toMatchObject({
      additionalProperties: false,
      properties: { kafka: { properties: { partitions: { default: 12, maximum: 1000 } } } },
    })
  })

  test.each([
    [['config'], 'sekisho config needs an action: validate, show or schema'],
    [['config', 'valdiate'], 'unknown action valdiate of sekisho config; did you mean validate?'],
    [['config', 'x'], 'unknown action x of sekisho config: validate, show or schema'],
    [['config', 'show', 'x'], 'sekisho config show takes no more operands'],
    [['config', 'show', '--kafka-password', 'CANARY'], 'unknown option --kafka-password'],
  ])('%j is one sentence and code 2', async (args, sentence) => {
    expect(await ran(args)).toStrictEqual({ code: 2, stdout: '', stderr: `sekisho: ${sentence}\n` })
  })

  test('an option tells where it was given', () => {
    const values = new OptionValues({ a: '1' }, { SEKISHO_A: '1', SEKISHO_B: '2' })
    expect(['a', 'b', 'c'].map((name) => values.originOf(name))).toStrictEqual([
      '--a',
      'SEKISHO_B',
      null,
    ])
  })
})
