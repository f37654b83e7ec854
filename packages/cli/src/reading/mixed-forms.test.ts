import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ran } from '../testing/fake-io.ts'
import { PROJECT } from '../testing/sekisho.ts'

const SAMPLES = join(PROJECT, 'packages/ingest/src/samples')
const FLAGS = ['--all', '--no-locate', '--timezone', 'Europe/Berlin']

interface Document {
  readonly event?: { readonly id: string }
  readonly sekisho: {
    readonly line: { readonly kind: string; readonly path: string; readonly number: number }
    readonly decides_login?: boolean
  }
}

interface Read {
  readonly documents: readonly Document[]
  readonly stderr: string
}

const folder = mkdtempSync(join(tmpdir(), 'sekisho-mixed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The lines of one sample file; a character is a byte. */
function linesOf(file: string): string[] {
  return readFileSync(join(SAMPLES, file), 'latin1').split('\n').slice(0, -1)
}

async function read(paths: readonly string[], stdin = Buffer.alloc(0)): Promise<Read> {
  const input = Readable.from(stdin.length === 0 ? [] : [stdin])
  const { code, stdout, stderr } = await ran(['parse', ...paths, ...FLAGS], { stdin: input })
  // The report comes along, so that a failure says why.
  expect({ code, stderr }).toEqual({ code: 0, stderr })
  const documents = stdout.split('\n').slice(0, -1)
  return { documents: documents.map((line) => JSON.parse(line)), stderr }
}

/** What is said of a line whatever stands around it: not its place, nor whether another line decides its login. */
function readingOf({ sekisho, ...rest }: Document): object {
  const { line, decides_login: _decides, ...facts } = sekisho
  const { path: _path, number: _number, ...told } = line
  return { ...rest, sekisho: { ...facts, line: told } }
}

/** Ids of the events that decide a login. Copies of one line share an id, so there are no more ids than logins. */
function decidingIdsOf(documents: readonly Document[]): string[] {
  return documents
    .filter(({ sekisho }) => sekisho.decides_login === true)
    .map(({ event }) => event?.id ?? '')
    .sort()
}

function kindsOf(documents: readonly Document[]): Record<string, number> {
  const kinds = { event: 0, ignored: 0, rejected: 0 }
  for (const { sekisho } of documents) kinds[sekisho.line.kind as keyof typeof kinds]++
  return kinds
}

const files = readdirSync(SAMPLES).filter((file) => file.endsWith('.log'))
/** Each line by the file that has nothing but its form, and what is read of it there alone. */
const alone = new Map<string, object>()
let mixed: string[] = []
let deciding: string[] = []

beforeAll(async () => {
  const lines = [...files.flatMap(linesOf), '', ' \t', '\0']
  for (const line of new Set(lines)) {
    const { documents } = await read(['-'], Buffer.from(`${line}\n`, 'latin1'))
    expect(documents).toHaveLength(1)
    alone.set(line, readingOf(documents[0] as Document))
  }
  const arbitrary = fc.shuffledSubarray(lines, { minLength: lines.length })
  mixed = fc.sample(arbitrary, { seed: 20_260_314, numRuns: 1 })[0] as string[]
  const everyFile = await read(files.map((file) => join(SAMPLES, file)))
  deciding = decidingIdsOf(everyFile.documents)
}, 60_000)

/** Checks documents of lines that were read together, and that every line is counted once. */
function expectReadAsAlone({ documents, stderr }: Read, lines: readonly string[]): void {
  expect(documents.map(readingOf)).toEqual(lines.map((line) => alone.get(line)))
  expect(decidingIdsOf(documents)).toEqual(deciding)
  const { event = 0, ignored = 0, rejected = 0 } = kindsOf(documents)
  expect(event + ignored + rejected).toBe(lines.length)
  expect(stderr).toContain(
    `lines     ${lines.length.toLocaleString('en')} = ${event} events + ${ignored} ignored + ${rejected} rejected\n`,
  )
}

test('the lines are of both vendors and of every fate, and no form has lines enough to rule', () => {
  const readings = [...alone.values()] as Document[]
  for (const count of Object.values(kindsOf(readings))) expect(count).toBeGreaterThan(3)
  const text = JSON.stringify(readings)
  for (const dataset of ['fortinet_fortigate', 'pulse_connect_secure'])
    expect(text).toContain(dataset)
  for (const file of files) expect(linesOf(file).length).toBeLessThan(mixed.length / 2)
})

test('a file that mixes every form line by line reads each line as it reads alone', async () => {
  const path = join(folder, 'mixed.log')
  writeFileSync(path, `${mixed.join('\n')}\n`, 'latin1')
  const result = await read([path])
  expectReadAsAlone(result, mixed)
  expect(result.documents.map(({ sekisho }) => sekisho.line.number)).toEqual(
    mixed.map((_, index) => index + 1),
  )
})

test('a folder of such files, with line ends of either kind, reads the same', async () => {
  const parts = [0, 1, 2].map((part) => mixed.filter((_, index) => index % 3 === part))
  mkdirSync(join(folder, 'logs', 'older'), { recursive: true })
  const names = ['a.log', 'b.log', 'older/c.log'].map((name) => join(folder, 'logs', name))
  for (const [part, lines] of parts.entries()) {
    const lineEnd = part === 1 ? '\r\n' : '\n'
    writeFileSync(names[part] as string, lines.map((line) => line + lineEnd).join(''), 'latin1')
  }
  const result = await read([join(folder, 'logs')])
  expectReadAsAlone(result, parts.flat())
  expect(result.documents.map(({ sekisho }) => sekisho.line.path)).toEqual(
    parts.flatMap((lines, part) => lines.map(() => names[part])),
  )
})
