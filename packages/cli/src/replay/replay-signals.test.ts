import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { ran } from '../testing/fake-io.ts'
import { loginFailed, tunnelUp } from '../testing/fortigate-lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const out = join(folder, 'alerts.ndjson')
const path = join(folder, 'in.log')

test('signals are counted, never alerted, and written when asked for', async () => {
  // On the second day nobody is known yet: novelty is no more than a signal.
  const brute = Array.from({ length: 60 }, (_, i) =>
    loginFailed(86_400 + i * 20, 'alice', `203.0.113.${i % 3}`),
  )
  const lines = [tunnelUp(0, 'alice', '192.0.2.1'), ...brute]
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
  const signals = join(folder, 'signals.ndjson')
  const args = ['replay', path, '--out', out, '--fail-on', 'medium']
  const plain = await ran(args)
  expect(plain.code).toBe(0)
  expect(plain.stdout).toContain(
    '  signals   1 U1: too weak for an alert; --signals FILE writes them\n',
  )
  expect(plain.stdout).toContain(`  alerts    none, written to ${out}\n`)
  expect(readFileSync(out, 'utf8')).toBe('')
  const { stdout } = await ran([...args, '--signals', signals, '--output', 'json'])
  expect(JSON.parse(stdout)).toMatchObject({
    alerts: { total: 0, by_severity: { critical: 0, high: 0, medium: 0 } },
    signals: { total: 1, by_rule: { U1: 1 } },
    paths: { alerts: out, signals },
  })
  expect(JSON.parse(readFileSync(signals, 'utf8'))).toMatchObject({
    event: { kind: 'event', severity: 21 },
    rule: { id: 'U1' },
    sekisho: { severity: 'low' },
  })
  const onStdout = await ran([...args, '--signals', '-'])
  expect(JSON.parse(onStdout.stdout).rule.id).toBe('U1')
  expect(onStdout.stderr).toContain('Summary')
  for (const more of [
    ['--out', '-', '--signals', '-'],
    ['--signals', '-', '--output', 'json'],
  ]) {
    const refused = await ran(['replay', path, ...more])
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('both want standard'),
    })
  }
  const same = await ran(['replay', path, '--out', out, '--signals', out])
  expect(same).toMatchObject({ code: 2, stderr: expect.stringContaining('name the same file') })
})
