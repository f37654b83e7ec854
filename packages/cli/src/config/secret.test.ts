import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { isReadByOthers, Secret } from './secret.ts'
import { SettingsFolder } from './testing/service-settings.ts'

let folder: SettingsFolder
beforeEach(() => {
  folder = new SettingsFolder()
})
afterEach(() => folder.remove())

function read(path: string, credentialsDirectory: string | null = null): string {
  return Secret.inFile(path, 'http.tokenFile', credentialsDirectory).read()
}

describe('a secret in a file', () => {
  test.each([
    ['CANARY', 'CANARY'],
    ['CANARY\n', 'CANARY'],
    ['CANARY\r\n', 'CANARY'],
    [' CANARY \n\n', ' CANARY \n'],
  ])('%j is %j', (text, secret) => {
    expect(read(folder.write('token', text))).toBe(secret)
  })

  test.each(['', '\n', '\r\n'])('%j is refused', (text) => {
    const path = folder.write('token', text)
    expect(() => read(path)).toThrow(`${path} (http.tokenFile) is empty`)
  })

  test.each([0o640, 0o604, 0o660, 0o644])(
    'of mode %i others may read it, and it is refused',
    (mode) => {
      const path = folder.write('token', 'CANARY')
      chmodSync(path, mode)
      expect(() => read(path)).toThrow(
        `${path} (http.tokenFile) can be read by others than its owner; chmod 600 ${path} mends that`,
      )
    },
  )

  test('what is no file is a sentence', () => {
    const missing = join(folder.path, 'nothing')
    expect(() => read(missing)).toThrow(`${missing} (http.tokenFile) cannot be read: no such file`)
    expect(() => read(folder.path)).toThrow(`${folder.path} (http.tokenFile) is no file`)
    const large = folder.write('large', 'x'.repeat(64 * 1024 + 1))
    expect(() => read(large)).toThrow('is no secret: larger than 64 KiB')
  })

  test('a link out of the folder of credentials is no credential', () => {
    const credentials = join(folder.path, 'credentials')
    mkdirSync(credentials)
    const outside = folder.write('outside', 'CANARY')
    chmodSync(outside, 0o640)
    symlinkSync(outside, join(credentials, 'token'))
    expect(() => read(join(credentials, 'token'), credentials)).toThrow('chmod 600')
  })

  test.each<[number, number, boolean, boolean]>([
    [0o400, 1000, false, false],
    [0o600, 1000, false, false],
    [0o440, 0, false, true],
    [0o440, 0, true, false],
    [0o440, 1000, true, true],
    [0o444, 0, true, true],
    [0o460, 0, true, true],
  ])('mode %i of user %i, a credential: %p; read by others: %p', (mode, uid, isCredential, is) => {
    expect(isReadByOthers({ mode, uid }, isCredential)).toBe(is)
  })
})

test('a secret shows where it comes from and nothing else', () => {
  const secret = Secret.inVariable('SEKISHO_HTTP_TOKEN', 'CANARY')
  expect(secret.read()).toBe('CANARY')
  expect(`${secret} ${JSON.stringify({ secret })}`).toBe(
    '(from SEKISHO_HTTP_TOKEN, not shown) {"secret":"(from SEKISHO_HTTP_TOKEN, not shown)"}',
  )
})
