import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { FileDisk } from './disk.ts'

let folder: string
let disk: FileDisk

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-disk-'))
  disk = new FileDisk()
})

afterEach(async () => {
  await disk.close()
  rmSync(folder, { recursive: true })
})

function textOf(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

async function appended(name: string, text: string): Promise<void> {
  await disk.append(join(folder, name), Buffer.from(text))
}

describe('adding to a file', () => {
  test('goes on where it ended', async () => {
    await appended('alerts', 'a')
    await appended('alerts', 'b')
    expect(textOf('alerts')).toBe('ab')
  })

  test('begins it anew when it was moved away', async () => {
    await appended('alerts', 'a')
    renameSync(join(folder, 'alerts'), join(folder, 'alerts.1'))
    await appended('alerts', 'b')
    await disk.sync(join(folder, 'alerts'))
    expect([textOf('alerts.1'), textOf('alerts')]).toEqual(['a', 'b'])
  })

  test('adds to the file that somebody put in its place', async () => {
    await appended('alerts', 'a')
    renameSync(join(folder, 'alerts'), join(folder, 'alerts.1'))
    writeFileSync(join(folder, 'alerts'), 'new ')
    await appended('alerts', 'b')
    expect(textOf('alerts')).toBe('new b')
  })

  test('begins it anew when it was removed', async () => {
    await appended('alerts', 'a')
    rmSync(join(folder, 'alerts'))
    await appended('alerts', 'b')
    expect(textOf('alerts')).toBe('b')
  })
})
