import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { StateLock, StateLockedError } from './state-lock.ts'

let folder = ''
let state = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-lock-'))
  state = join(folder, 'state')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('one holds it at a time, and who has it is told', () => {
  const lock = new StateLock(state)
  expect(readFileSync(lock.path, 'utf8')).toBe(`${process.pid} ${hostname()}\n`)
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
    expect(readFileSync(lock.path, 'utf8')).toBe(`${process.pid} ${hostname()}\n`)
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
