import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { OptionValues } from '../option-values.ts'
import { elasticsearchAccessOf, syslogSettingsOf, webhookSettingsOf } from './output-access.ts'
import { readServiceConfig } from './read-service-config.ts'
import type {
  ElasticsearchOutputConfig,
  SyslogOutputConfig,
  WebhookOutputConfig,
} from './service-config.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  for (const name of ['key', 'password', 'secret', 'token']) {
    writeFileSync(join(folder, name), `the ${name}\n`, { mode: 0o600 })
  }
  writeFileSync(join(folder, 'url'), 'https://hooks.example/the-path?v=1\n', { mode: 0o600 })
})
afterEach(() => rmSync(folder, { recursive: true }))

function outputsOf(yaml: string, environment: Record<string, string> = {}) {
  const path = join(folder, 'sekisho.yaml')
  writeFileSync(path, `outputs:\n${yaml}`)
  return readServiceConfig(new OptionValues({ config: path }, environment), environment).outputs
}

function mistakesOf(yaml: string, environment: Record<string, string> = {}): string {
  try {
    outputsOf(yaml, environment)
    return ''
  } catch (error) {
    return (error as Error).message.replaceAll(join(folder, 'sekisho.yaml'), 'FILE')
  }
}

describe('outputs', () => {
  test('a file that is rotated', () => {
    expect(outputsOf('- {type: file, path: a, rotate: {bytes: 1MiB}}\n')).toEqual([
      { type: 'file', path: join(folder, 'a'), rotate: { bytes: 1024 ** 2, keep: 10 } },
    ])
  })

  test('Elasticsearch: names are filled in, files start from the folder, secrets are read when used', () => {
    const outputs = outputsOf(
      '- {type: elasticsearch, urls: ["https://a:9200"], apiKeyFile: key}\n- {type: elasticsearch, urls: ["https://b"], username: u, passwordFile: password, namespace: x}\n',
    ) as ElasticsearchOutputConfig[]
    expect(outputs.map(({ name, namespace }) => [name, namespace])).toEqual([
      ['elasticsearch', 'default'],
      ['elasticsearch-2', 'x'],
    ])
    expect(JSON.stringify(outputs)).not.toContain('the key')
    expect(outputs.map((output) => elasticsearchAccessOf(output).auth)).toEqual([
      { apiKey: 'the key' },
      { username: 'u', password: 'the password' },
    ])
  })

  test('Elasticsearch: what names no file takes the variable', () => {
    const environment = {
      SEKISHO_ELASTICSEARCH_API_KEY: 'from there',
      SEKISHO_ELASTICSEARCH_PASSWORD: 'that',
    }
    const outputs = outputsOf(
      '- {type: elasticsearch, urls: ["https://a"]}\n- {type: elasticsearch, urls: ["https://b"], username: u}\n- {type: elasticsearch, urls: ["https://c"], apiKeyFile: key}\n',
      environment,
    ) as ElasticsearchOutputConfig[]
    expect(outputs.map((output) => elasticsearchAccessOf(output).auth)).toEqual([
      { apiKey: 'from there' },
      { username: 'u', password: 'that' },
      { apiKey: 'the key' },
    ])
    const [alone] = outputsOf('- {type: elasticsearch, urls: ["http://127.0.0.1:9200"]}\n')
    expect(alone).toMatchObject({ login: null })
  })

  test('syslog and webhooks', () => {
    const [udp, tls, hook] = outputsOf(
      '- {type: syslog, transport: udp, address: siem, name: old}\n- {type: syslog, transport: tls, address: siem, format: leef, tls: {serverName: siem.example}}\n- {type: webhook, urlFile: url, template: splunk-hec, tokenFile: token}\n',
    )
    expect(syslogSettingsOf(udp as SyslogOutputConfig, 'me')).toEqual({
      ...{ name: 'old', hostname: 'me', host: 'siem', port: 514 },
      ...{ transport: 'udp', payload: 'cef' },
    })
    expect(syslogSettingsOf(tls as SyslogOutputConfig, 'me')).toMatchObject({
      ...{ name: 'syslog-2', port: 6514, payload: 'leef', tls: { serverName: 'siem.example' } },
    })
    expect(webhookSettingsOf(hook as WebhookOutputConfig)).toEqual({
      ...{ name: 'webhook', url: 'https://hooks.example/the-path?v=1' },
      ...{ template: 'splunk-hec', token: 'the token' },
    })
    expect(JSON.stringify(hook)).not.toMatch(/the.(?:token|path)/)
  })

  test('webhooks: what names no file takes the variable, where the template has a use for it', () => {
    const environment = { SEKISHO_WEBHOOK_SECRET: 'signs', SEKISHO_WEBHOOK_TOKEN: 'that' }
    const hooks = outputsOf(
      '- {type: webhook, url: "https://a", secretFile: secret}\n- {type: webhook, url: "https://b"}\n- {type: webhook, url: "https://c", template: splunk-hec}\n- {type: webhook, urlFile: url, template: teams}\n',
      environment,
    ) as WebhookOutputConfig[]
    const settings = hooks.map((hook) => webhookSettingsOf(hook))
    expect(settings.map(({ secret, token }) => [secret, token])).toEqual([
      ['the secret', undefined],
      ['signs', undefined],
      [undefined, 'that'],
      [undefined, undefined],
    ])
    const plain = '- {type: webhook, url: "http://a.example"}\n'
    expect(mistakesOf(plain, environment)).toContain('must begin with https')
    expect(mistakesOf(plain)).toBe('')
  })

  test.each([
    ['no address', /holds no address such as/],
    ['http://hooks.example/CANARY', /holds an address that must begin with https/],
    ['https://u:CANARY@hooks.example/', /holds an address that must not hold a user or password/],
    ['ftp://hooks.example/CANARY', /holds an address that must be an address such as/],
  ])('an address in a file is looked at when it is read, and not shown: %s', (text, reason) => {
    writeFileSync(join(folder, 'url'), `${text}\n`)
    const [hook] = outputsOf('- {type: webhook, urlFile: url, template: slack}\n')
    const read = () => webhookSettingsOf(hook as WebhookOutputConfig)
    expect(read).toThrow(reason)
    expect(read).not.toThrow(/CANARY/)
  })

  test.each([
    ['- {type: elasticsearch, urls: []}', 'urls must not be empty'],
    ['- {type: elasticsearch, urls: [es:9200]}', 'must be an address such as https://'],
    ['- {type: elasticsearch, urls: ["https://u:p@es"]}', 'must not hold a user or password'],
    ['- {type: elasticsearch, urls: ["http://es"], apiKeyFile: key}', 'must begin with https'],
    ['- {type: elasticsearch, urls: ["https://e"], username: u}', 'username has no password'],
    [
      '- {type: elasticsearch, urls: ["https://e"], username: u, apiKeyFile: key}',
      'username and apiKeyFile exclude each other',
    ],
    [
      '- {type: elasticsearch, urls: ["https://e"], passwordFile: p}',
      'passwordFile needs username',
    ],
    [
      `- {type: elasticsearch, urls: ["https://e"], caFile: c, caFingerprint: ${'ab'.repeat(32)}}`,
      'caFingerprint and caFile exclude each other',
    ],
    ['- {type: elasticsearch, urls: ["https://e"], caFingerprint: ab}', 'must be a SHA-256'],
    ['- {type: elasticsearch, urls: ["https://e"], namespace: A-B}', 'small letters'],
    ['- {type: syslog, transport: tcp, address: a, tls: {}}', 'unknown key "tls"'],
    [
      '- {type: syslog, transport: tls, address: a, tls: {certFile: c}}',
      'needs certFile and keyFile',
    ],
    ['- {type: syslog, transport: tls, address: "a b"}', 'name or address of a machine'],
    ['- {type: webhook}', 'needs url or urlFile, one of them'],
    ['- {type: webhook, url: "https://a", urlFile: url}', 'needs url or urlFile, one of them'],
    [
      '- {type: webhook, url: "https://a", template: slack}',
      'is a password where template is slack',
    ],
    ['- {type: webhook, url: "https://a", template: splunk-hec}', 'splunk-hec needs a token'],
    ['- {type: webhook, url: "https://a", tokenFile: token}', 'tokenFile is for template'],
    ['- {type: webhook, url: "http://a.example", secretFile: s}', 'must begin with https'],
    ['- {type: webhook, url: "https://u:p@a.example"}', 'must not hold a user or password'],
    ['- {type: webhook, url: "http://a.example", caFile: c}', 'caFile is for https'],
    [
      '- {type: webhook, urlFile: url, template: teams, secretFile: s}',
      'secretFile is for template',
    ],
    ['- {type: elasticsearch, urls: ["http://127.0.0.1"], caFile: c}', 'caFile is for https'],
    [
      `- {type: elasticsearch, urls: ["http://127.0.0.1"], caFingerprint: ${'ab'.repeat(32)}}`,
      'caFingerprint is for https',
    ],
    [
      '- {type: webhook, urlFile: url, name: x}\n- {type: webhook, urlFile: url, name: x}',
      'as well',
    ],
    ['- {type: file, path: a, rotate: {bytes: 1}}', 'must be from 65536'],
  ])('%s is refused', (yaml, words) => {
    expect(mistakesOf(`${yaml}\n`)).toContain(words)
  })
})
