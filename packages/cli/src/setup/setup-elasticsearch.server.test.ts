import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  testElasticsearch,
  whyNoTestElasticsearch,
} from '../../../../tools/elasticsearch/for-tests.mjs'
import { ran } from '../testing/fake-io.ts'

const LIMIT_MS = 120_000
const why = whyNoTestElasticsearch()
const suite = why === null ? describe : describe.skip

suite('setup elasticsearch and config validate --connect on a real server', () => {
  let server: Awaited<ReturnType<typeof testElasticsearch>>
  let folder = ''
  let login: string[] = []

  beforeAll(async () => {
    server = await testElasticsearch()
    folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
    writeFileSync(join(folder, 'password'), server.password, { mode: 0o600 })
    const passwordFile = join(folder, 'password')
    login = ['--elasticsearch-username', server.username]
    login.push('--elasticsearch-password-file', passwordFile)
  }, LIMIT_MS)

  afterAll(async () => {
    await server?.stop()
    if (folder !== '') rmSync(folder, { recursive: true })
  }, LIMIT_MS)

  function setup(...more: string[]) {
    const flags = ['--elasticsearch', server.url, ...login, '--replicas', '0']
    return ran(['setup', 'elasticsearch', ...flags, '--elasticsearch-namespace', 'cli', ...more])
  }

  function validated(output: string) {
    const path = join(folder, 'sekisho.yaml')
    const common = `type: elasticsearch, urls: ["${server.url}"], namespace: cli`
    writeFileSync(path, `http: false\noutputs: [{${common}, ${output}}]\n`)
    return ran(['config', 'validate', '--connect', '--config', path])
  }

  test(
    'a plan, the work, nothing more to do; a key that may write and nothing else',
    async () => {
      const plan = await setup('--dry-run')
      expect(plan).toMatchObject({ code: 0, stderr: '' })
      expect(plan.stdout).toContain('would create the data stream logs-sekisho.alert-cli\n')
      const key = join(folder, 'key')
      const first = await setup('--create-key', key)
      expect(first).toMatchObject({ code: 0, stderr: '' })
      expect(first.stdout).toContain('created the data stream logs-sekisho.alert-cli\n')
      expect(statSync(key).mode & 0o777).toBe(0o600)
      const again = await setup()
      expect(again.code).toBe(0)
      for (const line of again.stdout.trimEnd().split('\n')) {
        expect(line).toMatch(/is there already$/)
      }

      const running = await validated('apiKeyFile: key')
      expect(running).toMatchObject({ code: 0 })
      expect(running.stdout).toMatch(/PASS +outputs\[1\] login +may write alerts and nothing else/)
      expect(running.stdout).not.toMatch(/WARN|FAIL/)
      const more = await validated(`username: ${server.username}, passwordFile: password`)
      expect(more.code).toBe(0)
      expect(more.stdout).toMatch(/WARN +outputs\[1\] login +may more than write alerts/)
      expect(more.stdout).toMatch(/PASS +outputs\[1\] templates +are those of this version/)

      expect(more.stdout).toMatch(/PASS +outputs\[1\] +.* lets us in, version \d+\./)

      const weak = ['--elasticsearch', server.url, '--elasticsearch-api-key-file', key]
      const refused = await ran(['setup', 'elasticsearch', ...weak])
      expect(refused).toMatchObject({ code: 2, stdout: '' })
      expect(refused.stderr).toMatch(/does not allow it: .*granted by the cluster privileges \[/)

      const newer = join(folder, 'newer')
      const revoking = await setup('--create-key', newer, '--revoke-older-keys')
      expect(revoking.stdout).toMatch(/revoked 1 older: /)
      const revoked = await validated('apiKeyFile: key')
      expect(revoked.code).toBe(2)
      expect(revoked.stdout).toMatch(
        /FAIL +outputs\[1\] +.* does not know the user, password or key/,
      )
    },
    LIMIT_MS,
  )

  test(
    'what is wrong is said, and leaves no file behind',
    async () => {
      writeFileSync(join(folder, 'there'), 'a key in use')
      const there = await setup('--create-key', join(folder, 'there'))
      expect(there).toMatchObject({ code: 2 })
      expect(there.stderr).toContain('is there already, and may be in use')
      expect(readFileSync(join(folder, 'there'), 'utf8')).toBe('a key in use')

      writeFileSync(join(folder, 'wrong'), 'wrong', { mode: 0o600 })
      const flags = ['--elasticsearch', server.url, '--elasticsearch-username', 'nobody']
      const wrong = ['--elasticsearch-password-file', join(folder, 'wrong')]
      const none = join(folder, 'none')
      const stranger = await ran([
        'setup',
        'elasticsearch',
        ...flags,
        ...wrong,
        '--create-key',
        none,
      ])
      expect(stranger.code).toBe(2)
      expect(stranger.stderr).toContain('does not know the user, password or key')
      expect(() => statSync(none)).toThrow()

      const basic = Buffer.from(`${server.username}:${server.password}`).toString('base64')
      const made = await fetch(`${server.url}/_security/api_key`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
        body: '{"name":"strong"}',
      })
      const { encoded } = (await made.json()) as { encoded: string }
      writeFileSync(join(folder, 'strong'), encoded, { mode: 0o600 })
      const byKey = ['--elasticsearch', server.url, '--elasticsearch-api-key-file']
      byKey.push(join(folder, 'strong'), '--replicas', '0', '--create-key', none)
      const child = await ran(['setup', 'elasticsearch', ...byKey])
      expect(child.code).toBe(2)
      expect(child.stderr).toContain('a login by API key cannot make keys with privileges')
      expect(() => statSync(none)).toThrow()

      const away = ['--elasticsearch', 'http://127.0.0.1:1', ...login]
      const unreachable = await ran(['setup', 'elasticsearch', ...away])
      expect(unreachable.code).toBe(4)
      expect(unreachable.stderr).toContain('http://127.0.0.1:1 cannot be reached')
    },
    LIMIT_MS,
  )
})
