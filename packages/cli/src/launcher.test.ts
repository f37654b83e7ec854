import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { PROJECT } from './testing/sekisho.ts'

/** Makes the launcher believe that it runs on an old Node. */
const OLD_NODE = `--import=data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } })",
)}`

/** A program that says when it is ready, and ends with 40 when it is interrupted. */
const PROGRAM = `
process.on('SIGINT', () => process.exit(40))
process.on('SIGTERM', () => process.exit(41))
if (process.argv[2] === 'end') process.exitCode = 3
else setInterval(() => {}, 1_000_000)
process.stdout.write('ready')
`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  for (const name of ['dist', 'node_modules/node/bin']) {
    mkdirSync(join(folder, name), { recursive: true })
  }
  cpSync(join(PROJECT, 'packages/cli/bin'), join(folder, 'bin'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'node_modules/node/package.json'), '{}')
  writeFileSync(join(folder, 'dist/main.js'), PROGRAM)
  symlinkSync(process.execPath, join(folder, 'node_modules/node/bin/node'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function launched(...args: readonly string[]): ChildProcess {
  const { NODE_OPTIONS: _options, ...environment } = process.env
  const program = join(folder, 'bin/sekisho.js')
  return spawn(process.execPath, [OLD_NODE, program, ...args], { env: environment })
}

test.each([
  ['SIGINT', 40],
  ['SIGTERM', 41],
  ['SIGHUP', 129],
] as const)('%s for the launcher reaches the program: code %i', async (signal, code) => {
  const child = launched()
  await once(child.stdout ?? child, 'data')
  child.kill(signal)
  expect(await once(child, 'close')).toStrictEqual([code, null])
})

test('the launcher ends with the code of the program', async () => {
  expect(await once(launched('end'), 'close')).toStrictEqual([3, null])
})
