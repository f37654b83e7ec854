import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ServiceConfig } from './service-config.ts'
import { SettingsFolder } from './testing/service-settings.ts'

let folder: SettingsFolder
beforeEach(() => {
  folder = new SettingsFolder()
})
afterEach(() => folder.remove())

const inFolder = (name: string): string => join(folder.path, name)

describe('readServiceConfig', () => {
  test('an empty file is the defaults, and no broker is reached for', () => {
    const config = folder.serviceConfig('# nothing yet\n')
    expect(config).toMatchObject({
      path: folder.config,
      timezone: null,
      sources: [],
      state: { folder: inFolder('sekisho-state'), snapshotMs: 5_000, spoolBytesMax: 1024 ** 3 },
      kafka: null,
      outputs: [{ type: 'file', path: inFolder('sekisho-state/alerts.ndjson'), rotate: null }],
      signalsPath: null,
      deadLettersPath: inFolder('sekisho-state/dead-letters.ndjson'),
      http: { address: '127.0.0.1', port: 9464, token: null },
      log: { level: 'info', format: 'json' },
    } satisfies Partial<ServiceConfig>)
  })

  test('every source arrives with its defaults, and with the time zone of the whole', () => {
    const { sources } = folder.serviceConfig(`
timezone: Asia/Tokyo
kafka: {brokers: [a:1]}
sources:
  - {type: syslog, transport: udp}
  - {type: syslog, transport: tcp, address: "::1", port: 601, connectionsMax: 5, allow: [192.0.2.0/24]}
  - {type: syslog, transport: tls, tls: {certFile: c.pem, keyFile: /etc/k.pem, clientCaFile: ca.pem}}
  - {type: files, name: archive, paths: ['logs/*.log', /var/log/vpn], timezone: UTC}
  - {type: kafka, topic: raw}
`)
    const listening = { type: 'syslog', address: '127.0.0.1', allow: null, timezone: 'Asia/Tokyo' }
    expect(sources).toMatchObject([
      { ...listening, name: 'syslog-1', transport: 'udp', port: 5514, receiveBufferBytes: 8 << 20 },
      {
        ...listening,
        name: 'syslog-2',
        address: '::1',
        port: 601,
        connectionsMax: 5,
        connectionsPerAddressMax: 100,
        allow: ['192.0.2.0/24'],
      },
      {
        ...listening,
        name: 'syslog-3',
        port: 6514,
        tls: {
          certFile: inFolder('c.pem'),
          key: { origin: '/etc/k.pem' },
          clientCaFile: inFolder('ca.pem'),
          clientCertificate: 'required',
        },
      },
      {
        type: 'files',
        name: 'archive',
        timezone: 'UTC',
        paths: [inFolder('logs/*.log'), '/var/log/vpn'],
        pollMs: 250,
      },
      { type: 'kafka', name: 'kafka-5', topic: 'raw', timezone: 'Asia/Tokyo' },
    ])
  })

  test('flags win over the environment, the environment over the file', () => {
    const yaml =
      'http: {port: 1001}\nlog: {level: warn}\nstate: {folder: here}\nkafka: {tls: {caFile: ca}}\n'
    const environment = {
      SEKISHO_HTTP_PORT: '1002',
      SEKISHO_LOG_LEVEL: 'error',
      SEKISHO_STATE_SPOOL_BYTES_MAX: '64M',
      SEKISHO_KAFKA_BROKERS: 'a:1, b:2',
      SEKISHO_KAFKA_TLS: 'true',
      SEKISHO_KAFKA_SASL_MECHANISM: 'plain',
      SEKISHO_KAFKA_SASL_USERNAME: 'app',
      SEKISHO_KAFKA_PASSWORD: 'CANARY',
      SEKISHO_LOG_FORMAT: '',
    }
    const config = folder.serviceConfig(yaml, environment, { 'http-port': '1003' })
    expect(config.http?.port).toBe(1003)
    expect(config.log).toStrictEqual({ level: 'error', format: 'json' })
    expect(config.state).toMatchObject({ folder: inFolder('here'), spoolBytesMax: 64 << 20 })
    expect(config.kafka).toMatchObject({
      brokers: ['a:1', 'b:2'],
      tls: { caFile: inFolder('ca') },
      sasl: { mechanism: 'plain', username: 'app' },
    })
    expect(config.kafka?.sasl?.password.read()).toBe('CANARY')
  })

  test('paths of the environment start from the working folder, those of the file from its own', () => {
    const config = folder.serviceConfig('signals: s.ndjson\n', { SEKISHO_STATE_FOLDER: 'state' })
    expect(config.signalsPath).toBe(inFolder('s.ndjson'))
    expect(config.state.folder).toBe(join(process.cwd(), 'state'))
    expect(dirname(config.deadLettersPath)).toBe(config.state.folder)
  })

  test('`http: false` serves nothing, unless the environment names a port', () => {
    expect(folder.serviceConfig('http: false\n').http).toBeNull()
    const config = folder.serviceConfig('http: false\n', { SEKISHO_HTTP_PORT: '9000' })
    expect(config.http).toMatchObject({ address: '127.0.0.1', port: 9000 })
  })

  test('a configuration may be printed: no secret is in it', () => {
    folder.write('pw', 'CANARY-1\n')
    const config = folder.serviceConfig(
      'http: {address: 0.0.0.0}\nkafka: {brokers: [a:1], sasl: {mechanism: scram-sha-512, username: u, passwordFile: pw}}\n',
      { SEKISHO_HTTP_TOKEN: 'CANARY-2' },
    )
    expect(config.kafka?.sasl?.password.read()).toBe('CANARY-1')
    expect(config.http?.token?.read()).toBe('CANARY-2')
    for (const text of [JSON.stringify(config), inspect(config, { depth: 9, showHidden: true })]) {
      expect(text).not.toContain('CANARY')
      expect(text).toContain('(from SEKISHO_HTTP_TOKEN, not shown)')
    }
  })
})

describe('mistakes beyond the form', () => {
  const token = 'name a file with http.tokenFile or set SEKISHO_HTTP_TOKEN'
  const password = 'name a file with passwordFile or set SEKISHO_KAFKA_PASSWORD'

  test.each<[string, Record<string, string>, string[]]>([
    ['', { SEKISHO_HTTP_PORT: 'x' }, ['SEKISHO_HTTP_PORT must be a number']],
    ['', { SEKISHO_HTTP_PORT: '70000' }, ['SEKISHO_HTTP_PORT must be from 1 to 65535']],
    [
      '',
      { SEKISHO_KAFKA_BROKERS: 'a:1,b' },
      ['SEKISHO_KAFKA_BROKERS item 2 must be host:port, such as kafka-1.example.net:9092'],
    ],
    [
      '',
      { SEKISHO_LOG_LEVEL: 'wran' },
      ['SEKISHO_LOG_LEVEL must be debug, info, warn or error; did you mean warn?'],
    ],
    ['', { SEKISHO_KAFKA_TLS: 'yes' }, ['SEKISHO_KAFKA_TLS must be true or a group of keys']],
    [
      'kafka: {brokers: [a:1]}\n',
      { SEKISHO_KAFKA_SASL_USERNAME: 'u' },
      [
        'kafka.sasl.mechanism is missing: scram-sha-256, scram-sha-512 or plain; SEKISHO_KAFKA_SASL_USERNAME sets another part of it',
      ],
    ],
    ['kafka: {prefix: x}\n', {}, ['FILE:1: kafka has no brokers: HOST:PORT of some of them']],
    ['sources:\n  - {type: kafka, topic: t}\n', {}, ['FILE:2: sources[1] needs kafka.brokers']],
    [
      'sources:\n  - {type: files, paths: [a], name: x}\n  - {type: files, paths: [b], name: x}\n',
      {},
      ['FILE:3: sources[2].name is that of sources[1] as well'],
    ],
    [
      'sources:\n  - {type: syslog, transport: udp}\n  - {type: syslog, transport: udp, address: 0.0.0.0}\n',
      {},
      ['FILE:3: sources[2].port 5514 is the port of sources[1] as well'],
    ],
    ['sources: [{type: syslog, transport: tcp}, {type: syslog, transport: udp}]\n', {}, []],
    [
      'sources: [{type: syslog, transport: tcp, port: 9464}]\n',
      {},
      ['http.port 9464 is the port of sources[1] as well'],
    ],
    [
      'sources: [{type: syslog, transport: tls, tls: {certFile: c, keyFile: k, clientCertificate: optional}}]\n',
      {},
      ['FILE:1: sources[1].tls.clientCertificate needs clientCaFile'],
    ],
    [
      'kafka:\n  brokers: [a:1]\n  sasl: {mechanism: plain, username: u, passwordFile: p}\n',
      {},
      [
        'FILE:3: kafka.sasl.mechanism plain needs kafka.tls, or everybody on the way could read the password',
      ],
    ],
    [
      'kafka:\n  brokers: [a:1]\n  sasl: {mechanism: scram-sha-256, username: u}\n',
      {},
      [`FILE:3: kafka.sasl has no password: ${password}`],
    ],
    [
      'kafka:\n  brokers: [a:1]\n  tls: {certFile: c}\n',
      {},
      ['FILE:3: kafka.tls needs certFile and keyFile, or neither of them'],
    ],
    [
      'http:\n  address: 0.0.0.0\n',
      {},
      [`FILE:2: http.address is not loopback, so that a token is needed: ${token}`],
    ],
    [
      '',
      { SEKISHO_HTTP_ADDRESS: '::' },
      [`SEKISHO_HTTP_ADDRESS: http.address is not loopback, so that a token is needed: ${token}`],
    ],
    ['http: {address: 127.0.0.9}\n', {}, []],
    ['http: {address: "::1"}\n', {}, []],
    [
      'outputs: [{type: stdout}, {type: file, path: a}, {type: stdout}]\nsignals: ./a\n',
      {},
      [
        'FILE:1: outputs[3] goes to the same place as outputs[1]',
        'FILE:2: signals goes to the same place as outputs[2]',
      ],
    ],
  ])('%j, %j', (yaml, environment, mistakes) => {
    let found: string[] = []
    try {
      folder.serviceConfig(yaml, environment)
    } catch (error) {
      found = (error as Error).message.replaceAll(folder.config, 'FILE').split('\n')
    }
    expect(found).toStrictEqual(mistakes)
  })
})
