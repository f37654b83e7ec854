import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Secret } from './secret.ts'
import type { ServerTlsConfig } from './service-config.ts'
import {
  AUTHORITY_CERTIFICATE,
  OTHER_KEY,
  SERVER_CERTIFICATE,
  SERVER_KEY,
} from './testing/certificates.ts'
import { SettingsFolder } from './testing/service-settings.ts'
import { readKafkaAccess, readServerTls, validityProblem } from './tls-files.ts'

let folder: SettingsFolder
beforeEach(() => {
  folder = new SettingsFolder()
})
afterEach(() => folder.remove())

function tls(certificate: string, key: string, authority: string | null = null): ServerTlsConfig {
  return {
    certFile: folder.write('cert.pem', certificate),
    key: Secret.inFile(folder.write('key.pem', key), 'tls.keyFile', null),
    clientCaFile: authority === null ? null : folder.write('ca.pem', authority),
    clientCertificate: authority === null ? 'none' : 'required',
  }
}

describe('files of a TLS listener', () => {
  test('a certificate, its key and an authority are read', () => {
    const read = readServerTls(tls(SERVER_CERTIFICATE, SERVER_KEY, AUTHORITY_CERTIFICATE))
    expect(read).toStrictEqual({
      cert: SERVER_CERTIFICATE,
      key: SERVER_KEY.trimEnd(),
      clientCa: AUTHORITY_CERTIFICATE,
      clientCertificate: 'required',
    })
  })

  test.each<[string, string, string, string | null, string]>([
    ['another key', SERVER_CERTIFICATE, OTHER_KEY, null, 'is not the key of the certificate in'],
    ['no key', SERVER_CERTIFICATE, 'CANARY', null, 'key.pem is no private key in PEM form'],
    ['no certificate', 'CANARY', SERVER_KEY, null, 'cert.pem holds no certificate in PEM form'],
    [
      'a broken authority',
      SERVER_CERTIFICATE,
      SERVER_KEY,
      AUTHORITY_CERTIFICATE.replace('MII', 'AAA'),
      'ca.pem holds a certificate (number 1) that is broken',
    ],
  ])('%s is refused without a word of its contents', (_, certificate, key, authority, why) => {
    const config = tls(certificate, key, authority)
    expect(() => readServerTls(config)).toThrow(why)
    expect(() => readServerTls(config)).not.toThrow('CANARY')
  })

  test.each([
    ['2026-11-22', 'is not valid before 2026-11-23'],
    ['2030-01-01', null],
    ['2035-03-01', 'has expired on 2035-02-09'],
  ])('on %s: %p', (day, problem) => {
    expect(validityProblem(SERVER_CERTIFICATE, Date.parse(day))).toBe(problem)
  })
})

test('what the client of Kafka needs is read from files and environment', () => {
  folder.write('ca.pem', AUTHORITY_CERTIFICATE)
  folder.write('cert.pem', SERVER_CERTIFICATE)
  folder.write('key.pem', SERVER_KEY)
  const { kafka } = folder.serviceConfig(
    `kafka:
  brokers: [a:1]
  tls: {caFile: ca.pem, certFile: cert.pem, keyFile: key.pem, serverName: b}
  sasl: {mechanism: plain, username: u}
`,
    { SEKISHO_KAFKA_PASSWORD: 'CANARY' },
  )
  expect(kafka === null ? null : readKafkaAccess(kafka)).toStrictEqual({
    brokers: ['a:1'],
    clientId: 'sekisho',
    tls: {
      ca: AUTHORITY_CERTIFICATE,
      cert: SERVER_CERTIFICATE,
      key: SERVER_KEY.trimEnd(),
      serverName: 'b',
    },
    sasl: { mechanism: 'plain', username: 'u', password: 'CANARY' },
  })
})
