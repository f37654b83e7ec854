import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Ran, ran } from '../testing/fake-io.ts'
import { SettingsFolder } from './testing/service-settings.ts'

let folder: SettingsFolder
beforeEach(() => {
  folder = new SettingsFolder()
})
afterEach(() => folder.remove())

async function config(
  args: readonly string[],
  yaml: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  folder.write('sekisho.yaml', yaml)
  const result = await ran(['config', ...args, '--config', folder.config], { environment })
  return { ...result, stdout: result.stdout.replaceAll(folder.path, 'DIR') }
}

const FULL = `tenant: acme
timezone: Asia/Tokyo
sources:
  - {type: syslog, transport: udp, port: 1514, allow: [192.0.2.0/24]}
  - {type: syslog, transport: tls, tls: {certFile: c, keyFile: k, clientCaFile: a}}
  - {type: files, paths: ['logs/*.log']}
  - {type: kafka, topic: raw}
state: {folder: here, spoolBytesMax: 64MiB}
kafka: {brokers: [a:1, b:2], tls: true, sasl: {mechanism: plain, username: u, passwordFile: p}}
outputs: [{type: stdout}]
signals: s
http: {address: 0.0.0.0, tokenFile: t}
networks:
  - {cidr: 192.0.2.0/24, name: office, class: corp_egress}
identity: {stripSuffixes: [example.com]}
gatewayGroups: {tokyo: [a, b]}
limits: {login: {medium: 6.5}}
`

describe('config show', () => {
  test('what it prints is a configuration that says the same', async () => {
    const before = folder.serviceConfig(FULL)
    for (const args of [['show'], ['show', '--origin']]) {
      const { code, stdout } = await config(args, FULL)
      expect(code).toBe(0)
      const other = new SettingsFolder()
      const after = other.serviceConfig(stdout.replaceAll('DIR', folder.path))
      other.remove()
      expect(JSON.stringify({ ...after, path: null })).toBe(
        JSON.stringify({ ...before, path: null }),
      )
    }
  })

  test('--origin names flag, variable, line or default', async () => {
    folder.write('sekisho.yaml', 'log: {level: warn}\nkafka:\n  brokers:\n    - a:1\n')
    const { stdout } = await ran(
      ['config', 'show', '--origin', '--config', folder.config, '--http-port', '9001'],
      { environment: { SEKISHO_STATE_SNAPSHOT_SECONDS: '7', SEKISHO_TIMEZONE: 'UTC' } },
    )
    for (const line of [
      'timezone: UTC # SEKISHO_TIMEZONE',
      '  snapshotSeconds: 7 # SEKISHO_STATE_SNAPSHOT_SECONDS',
      `    - a:1 # ${folder.config}:4`,
      '  partitions: 12 # default',
      '  port: 9001 # --http-port',
      `  level: warn # ${folder.config}:1`,
      '  format: json # default',
    ]) {
      expect(stdout.split('\n')).toContain(line)
    }
  })

  test('no secret is shown, but where it comes from', async () => {
    folder.write('p', 'CANARY')
    const { stdout } = await config(['show', '--origin'], `${FULL}hashKey: CANARY\n`, {
      SEKISHO_KAFKA_PASSWORD: 'CANARY',
      SEKISHO_HTTP_TOKEN: 'CANARY',
    })
    expect(stdout).not.toContain('CANARY')
    expect(stdout.trimEnd().split('\n').slice(-3)).toStrictEqual([
      '# kafka.sasl.password: (from SEKISHO_KAFKA_PASSWORD, not shown)',
      '# http token: (from SEKISHO_HTTP_TOKEN, not shown)',
      '# hashKey: (from DIR/sekisho.yaml:18, not shown)',
    ])
  })
})
