import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { UsageError } from '../usage-error.ts'
import { textOf } from './config-file.ts'
import type { Secret } from './secret.ts'
import type { ClientTlsConfig, KafkaConfig, ServerTlsConfig } from './service-config.ts'

/** Contents of PEM files, checked to fit each other. */
export interface ServerTls {
  readonly cert: string
  readonly key: string
  readonly clientCa: string | null
  readonly clientCertificate: ServerTlsConfig['clientCertificate']
}

/** How to reach the brokers, files read: the form that `KafkaOptions` of `@sekisho/bus/kafka` has. Holds secrets; never log it. */
export interface KafkaAccess {
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly tls?: {
    readonly ca?: string
    readonly cert?: string
    readonly key?: string
    readonly serverName?: string
  }
  readonly sasl?: {
    readonly mechanism: 'scram-sha-256' | 'scram-sha-512' | 'plain'
    readonly username: string
    readonly password: string
  }
}

/** Reads the files of a TLS listener. @throws UsageError when one is missing, broken or does not fit */
export function readServerTls(tls: ServerTlsConfig): ServerTls {
  const { certFile, key, clientCaFile, clientCertificate } = tls
  const clientCa = clientCaFile === null ? null : certificatesIn(clientCaFile)
  return { ...certificateAndKey(certFile, key), clientCa, clientCertificate }
}

/** Reads password and files that the brokers ask for. @throws UsageError when one is missing, broken or does not fit */
export function readKafkaAccess({ brokers, clientId, tls, sasl }: KafkaConfig): KafkaAccess {
  return {
    brokers,
    clientId,
    ...(tls === null ? {} : { tls: clientTlsOf(tls) }),
    ...(sasl === null
      ? {}
      : {
          sasl: {
            mechanism: sasl.mechanism,
            username: sasl.username,
            password: sasl.password.read(),
          },
        }),
  }
}

/** Reads the files of a client. @throws UsageError when one is missing, broken or does not fit */
export function clientTlsOf({ caFile, certFile, key, serverName }: ClientTlsConfig) {
  return {
    ...(caFile === null ? {} : { ca: certificatesIn(caFile) }),
    ...(certFile === null || key === null ? {} : certificateAndKey(certFile, key)),
    ...(serverName === null ? {} : { serverName }),
  }
}

/**
 * Why the first certificate of a text does not hold at a time; null when it does. No reason not to start: the other side says
 * so itself, and until then lines are read.
 * @param cert PEM
 */
export function validityProblem(cert: string, nowMs: number): string | null {
  const { validFromDate, validToDate } = new X509Certificate(cert)
  const day = (date: Date): string => date.toISOString().slice(0, 10)
  if (nowMs > validToDate.getTime()) return `has expired on ${day(validToDate)}`
  return nowMs < validFromDate.getTime() ? `is not valid before ${day(validFromDate)}` : null
}

function certificateAndKey(certFile: string, secret: Secret): { cert: string; key: string } {
  const cert = certificatesIn(certFile)
  const key = secret.read()
  if (!new X509Certificate(cert).checkPrivateKey(privateKeyOf(key, secret.origin))) {
    throw new UsageError(`${secret.origin} is not the key of the certificate in ${certFile}`)
  }
  return { cert, key }
}

function privateKeyOf(pem: string, origin: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch (error) {
    const isLocked = (error as NodeJS.ErrnoException).code === 'ERR_MISSING_PASSPHRASE'
    const why = isLocked ? 'is locked by a passphrase' : 'is no private key in PEM form'
    throw new UsageError(`${origin} ${why}`)
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

/** The text of a PEM file whose certificates can be read, every one of them. @throws UsageError */
export function certificatesIn(path: string): string {
  const text = textOf(path, false) ?? ''
  const certificates = text.match(CERTIFICATE) ?? []
  if (certificates.length === 0) throw new UsageError(`${path} holds no certificate in PEM form`)
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate)
    } catch {
      throw new UsageError(`${path} holds a certificate (number ${index + 1}) that is broken`)
    }
  }
  return text
}
