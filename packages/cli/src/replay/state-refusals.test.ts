import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ran } from '../testing/fake-io.ts'
import { tunnelUp } from '../testing/fortigate-lines.ts'

let folder = ''
let state = ''
let out = ''
let log = ''
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  state = join(folder, 'vpn.state')
  out = join(folder, 'alerts.ndjson')
  log = written('a.log', [tunnelUp(0, 'alice')])
  await replayed()
  rmSync(out)
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function written(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
  return path
}

async function replayed(...more: readonly string[]) {
  return ran(['replay', log, '--state', state, '--out', out, ...more])
}

describe('a state that cannot be gone on from', () => {
  /** The run is refused in a sentence with a remedy, writes no alerts and leaves the state alone. */
  async function expectRefused(code: number, sentence: RegExp, ...more: readonly string[]) {
    const before = existsSync(state) && readFileSync(state)
    const outcome = await replayed(...more)
    expect(outcome).toMatchObject({ code, stderr: expect.stringMatching(sentence) })
    expect(outcome.stderr).toMatch(/^sekisho: .*; [a-z].*\n$/)
    expect(existsSync(out)).toBe(false)
    expect(existsSync(state) && readFileSync(state)).toEqual(before)
    expect(readdirSync(folder).some((name) => name.endsWith('.tmp'))).toBe(false)
  }

  test('no state file', async () => {
    writeFileSync(state, 'alerts\n')
    await expectRefused(2, /is no state file; name another file/)
  })

  test('of another format', async () => {
    const bytes = readFileSync(state)
    bytes.writeUInt32LE(1, 'sekisho state\n'.length)
    writeFileSync(state, bytes)
    await expectRefused(
      2,
      /it has the format 1, and this program reads the format 3; use a program/,
    )
  })

  test('cut off', async () => {
    writeFileSync(state, readFileSync(state).subarray(0, -100))
    await expectRefused(3, /it is cut off .*; go on from its \.old file/)
  })

  test('with any byte damaged', async () => {
    const good = readFileSync(state)
    for (let i = 0; i < 12; i++) {
      const bad = Buffer.from(good)
      const at = Math.floor(((i + 0.5) / 12) * bad.length)
      bad[at] = (bad[at] as number) ^ 4
      writeFileSync(state, bad)
      await expectRefused(3, /cannot be used as a state: it is (damaged|cut off)/)
      rmSync(`${state}.lock`, { force: true })
    }
  })

  test('a folder', async () => {
    rmSync(state)
    mkdirSync(state)
    const outcome = await replayed()
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining('it is a folder') })
  })

  test('gone, with the one of before still there', async () => {
    renameSync(state, `${state}.old`)
    await expectRefused(2, /is not there, but .*\.old is; rename it/)
  })

  test('held by another run', async () => {
    writeFileSync(`${state}.lock`, `${process.ppid} ${hostname()}\n`)
    await expectRefused(2, /it is in use by process \d+ .*; if that is no run of sekisho, remove/)
    expect(existsSync(`${state}.lock`)).toBe(true)
  })

  test('of another tenant or hash key', async () => {
    const tenant = written('tenant.yaml', ['tenant: other'])
    await expectRefused(
      2,
      /is the state of the tenant "default", .* says "other"/,
      '--config',
      tenant,
    )
    const key = written('key.yaml', ['hashKey: other'])
    await expectRefused(2, /was made with another hashKey/, '--config', key)
  })

  test('while one of another configuration is, and that is told', async () => {
    const config = written('sekisho.yaml', ['travel: {mode: strict}'])
    const outcome = await replayed('--config', config)
    expect(outcome.code).toBe(0)
    expect(outcome.stderr).toContain(
      `${state} was made with another configuration: its history stays valid`,
    )
    expect((await replayed('--config', config)).stderr).not.toContain('another')
  })

  test('together with --revisions, or as standard output', async () => {
    const both = ['replay', log, '--state', state, '--revisions']
    expect(await ran(both)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--revisions and --state exclude each other'),
    })
    expect(await ran(['replay', log, '--state', '-'])).toMatchObject({
      code: 2,
      stderr: 'sekisho: --state must name a file\n',
    })
  })
})
