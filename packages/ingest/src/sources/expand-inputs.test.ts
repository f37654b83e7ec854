import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { expandInputs } from './expand-inputs.ts'

const folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

function at(...names: string[]): string {
  return join(folder, ...names)
}

beforeAll(() => {
  for (const name of ['logs', 'logs/sub', 'logs/.hidden', 'empty', 'odd']) mkdirSync(at(name))
  const names = ['b.log', 'B.log', 'a.log.gz', 'é.log', '10.log', '9.log', '.dot.log', 'notes.txt']
  for (const name of names) writeFileSync(at('logs', name), name)
  writeFileSync(at('logs', 'sub', 'c.log'), 'ccc')
  writeFileSync(at('logs', '.hidden', 'd.log'), 'd')
  writeFileSync(at('[a].log'), 'literal')
  writeFileSync(at('a.log'), 'matched')
  symlinkSync(at('logs', 'sub'), at('logs', 'sub', 'ring'))
  symlinkSync(at('a.log'), at('link.log'))
  symlinkSync(at('nowhere'), at('odd', 'broken.log'))
  execFileSync('mkfifo', [at('odd', 'pipe')])
})

async function namesOf(...paths: string[]): Promise<string[]> {
  const { sources } = await expandInputs(paths)
  return sources.map(({ path }) => (path === '-' ? path : relative(folder, path)))
}

async function problemsOf(...paths: string[]): Promise<string[][]> {
  const { problems } = await expandInputs(paths)
  return problems.map(({ path, problem }) => [relative(folder, path), problem])
}

const IN_LOGS = ['10.log', '9.log', 'B.log', 'a.log.gz', 'b.log', 'notes.txt', 'sub/c.log', 'é.log']

describe('what a path stands for', () => {
  test.each([
    ['a file', ['a.log'], ['a.log']],
    [
      'a folder, in code point order, without dot files',
      ['logs'],
      IN_LOGS.map((name) => `logs/${name}`),
    ],
    [
      'a glob',
      ['logs/*.log'],
      ['10.log', '9.log', 'B.log', 'b.log', 'é.log'].map((name) => `logs/${name}`),
    ],
    ['a glob with alternatives', ['logs/{9,10}.log'], ['logs/10.log', 'logs/9.log']],
    ['a file whose name is a glob', ['[a].log'], ['[a].log']],
  ])('%s', async (_name, paths, found) => {
    expect(await namesOf(...paths.map((path) => at(path)))).toEqual(found)
    expect(await problemsOf(...paths.map((path) => at(path)))).toEqual([])
  })

  test('paths stay as the user gave them', async () => {
    const given = relative(process.cwd(), at('logs'))
    const { sources } = await expandInputs([`${given}/9.log`, `${given}/*.gz`])
    expect(sources).toEqual([
      { path: `${given}/9.log`, kind: 'file', sizeBytes: 5 },
      { path: `${given}/a.log.gz`, kind: 'file', sizeBytes: 8 },
    ])
  })

  test('standard input', async () => {
    const { sources } = await expandInputs(['-', at('a.log'), '-'])
    expect(sources).toEqual([
      { path: '-', kind: 'stdin', sizeBytes: null },
      { path: at('a.log'), kind: 'file', sizeBytes: 7 },
    ])
  })

  test('a pipe that is named itself is read, its size unknown', async () => {
    const { sources } = await expandInputs([at('odd', 'pipe')])
    expect(sources).toEqual([{ path: at('odd', 'pipe'), kind: 'file', sizeBytes: null }])
  })
})

describe('what lies beside logs in a folder and is none by its name', () => {
  const names = [
    'README.md',
    'fgt.log',
    'make.mjs',
    'alerts.ndjson',
    'syslog.1',
    'messages',
    'x.JSON',
  ]

  test('is left out and told, unless it is named itself', async () => {
    mkdirSync(at('mixed'))
    for (const name of names) writeFileSync(at('mixed', name), 'a\n')
    const { sources, leftOut, problems } = await expandInputs([at('mixed')])
    expect(sources.map(({ path }) => path)).toEqual(
      ['fgt.log', 'messages', 'syslog.1'].map((name) => at('mixed', name)),
    )
    expect(leftOut).toEqual(
      ['README.md', 'alerts.ndjson', 'make.mjs', 'x.JSON'].map((name) => at('mixed', name)),
    )
    expect(problems).toEqual([])
    const named = await expandInputs([at('mixed'), at('mixed', 'x.JSON')])
    expect(named.sources.map(({ path }) => path)).toContain(at('mixed', 'x.JSON'))
    expect(named.leftOut).not.toContain(at('mixed', 'x.JSON'))
  })
})

describe('a file named twice is read once', () => {
  test.each([
    ['the same path', ['a.log', 'a.log'], ['a.log']],
    ['a link', ['link.log', 'a.log'], ['a.log']],
    ['a folder and a file in it', ['logs/sub/c.log', 'logs/sub'], ['logs/sub/c.log']],
  ])('%s, whatever the order', async (_name, names, found) => {
    const paths = names.map((name) => at(name))
    expect(await namesOf(...paths)).toEqual(found)
    expect(await namesOf(...paths.toReversed())).toEqual(found)
  })
})

describe('problems', () => {
  test.each([
    ['a missing file', 'missing.log', 'no such file or folder'],
    ['a glob without matches', '*.nothing', 'no file matches it'],
    ['an empty folder', 'empty', 'the folder holds no file to read'],
    ['a path below a file', 'a.log/b', 'a part of the path is not a folder'],
  ])('%s', async (_name, path, problem) => {
    expect(await problemsOf(at(path))).toEqual([[path, problem]])
    expect(await namesOf(at(path))).toEqual([])
  })

  test('what in a folder is no file is said', async () => {
    expect(await problemsOf(at('odd'))).toEqual([
      ['odd/broken.log', 'no such file or folder'],
      ['odd/pipe', 'not a file; read only when named itself'],
    ])
  })

  test('one problem does not hide the rest', async () => {
    expect(await namesOf(at('missing'), at('a.log'))).toEqual(['a.log'])
  })
})
