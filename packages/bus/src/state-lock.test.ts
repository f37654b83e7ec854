import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { StateLock, StateLockedError } from './state-lock.ts'

/** What this process writes into a lock; the start only where the system says it. */
const OWN = new RegExp(
  `^${process.pid} ${hostname().replaceAll('.', '\\.')}( [0-9a-f]{8}-\\d+)?\\n$`,
)

let folder = ''
let state = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-lock-'))
  state = join(folder, 'state')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('one holds it at a time, and who has it is told', () => {
  const lock = new StateLock(state)
  expect(readFileSync(lock.path, 'utf8')).toMatch(OWN)
  expect(() => new StateLock(state)).toThrow(StateLockedError)
  expect(() => new StateLock(state)).toThrow(
    `it is in use by process ${process.pid} on ${hostname()}; if that is no run of sekisho, remove ${state}.lock`,
  )
  lock.release()
  lock.release()
  expect(existsSync(lock.path)).toBe(false)
  new StateLock(state).release()
})

test('what a crashed process left is taken over, whole or torn', () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  for (const left of [`${pid} ${hostname()}\n`, '', 'nonsense', '0 x']) {
    writeFileSync(`${state}.lock`, left)
    const lock = new StateLock(state)
    expect(readFileSync(lock.path, 'utf8')).toMatch(OWN)
    lock.release()
    expect(readdirSync(folder)).toEqual([])
  }
})

test('the lock of a process on another machine stands', () => {
  writeFileSync(`${state}.lock`, '1 elsewhere.example\n')
  expect(() => new StateLock(state)).toThrow('process 1 on elsewhere.example')
  expect(readFileSync(`${state}.lock`, 'utf8')).toBe('1 elsewhere.example\n')
})

test('where no file can be made, the file system says why', () => {
  expect(() => new StateLock(join(folder, 'none', 'state'))).toThrow(/ENOENT/)
})

test('one that bears our own number was left by a life before, as in a container', () => {
  const state = join(folder, 'contained.state')
  writeFileSync(`${state}.lock`, `${process.pid} ${hostname()}\n`)
  const lock = new StateLock(state)
  expect(() => new StateLock(state)).toThrow(StateLockedError)
  lock.release()
})

test('the number of a process that began at another time was given anew', () => {
  // Where the system does not say when processes began, the number alone counts.
  if (!existsSync('/proc/self/stat')) return
  writeFileSync(`${state}.lock`, `${process.ppid} ${hostname()} 0123abcd-1\n`)
  const lock = new StateLock(state)
  expect(readFileSync(lock.path, 'utf8')).toMatch(OWN)
  lock.release()
})

test('a living process of the same number and start has it', () => {
  const parent = `${process.ppid} ${hostname()}`
  writeFileSync(`${state}.lock`, `${parent}\n`)
  expect(() => new StateLock(state)).toThrow(`process ${process.ppid}`)
})
