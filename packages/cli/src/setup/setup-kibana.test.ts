import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { kibanaFiles } from '@sekisho/kibana'
import { ran } from '../testing/fake-io.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('setup kibana writes the files, and again', async () => {
  const out = join(folder, 'new', 'kibana')
  for (const _ of ['first', 'again']) {
    const { code, stdout } = await ran(['setup', 'kibana', '--out', out])
    expect(code).toBe(0)
    expect(stdout).toContain(`wrote ${out}`)
  }
  const texts = readdirSync(out).map((name) => ({
    name,
    text: readFileSync(join(out, name), 'utf8'),
  }))
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
  expect(texts.sort(byName)).toEqual([...kibanaFiles()].sort(byName))
  expect(texts.length).toBeGreaterThan(0)
})

test('what is wrong is said', async () => {
  expect(await ran(['setup', 'kibana'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('needs --out FOLDER'),
  })
  writeFileSync(join(folder, 'file'), '')
  expect(await ran(['setup', 'kibana', '--out', join(folder, 'file', 'below')])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('cannot be made: a part of its path is no folder'),
  })
})
