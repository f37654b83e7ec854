import { reasonOf } from '../secret.ts'

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name service does not answer',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  EPROTO: 'it does not speak TLS there',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there',
  ECONNRESET: 'it ends the connection',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself; name that with caFile',
  SELF_SIGNED_CERT_IN_CHAIN: 'the authority of its certificate is not known; name it with caFile',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the authority of its certificate is not known; name it with caFile',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the authority of its certificate is not known; name it with caFile',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    'it wants a certificate from us; name one with certFile and keyFile',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it does not know the authority of our certificate',
}

/** Why a connection failed, in words. */
export function networkReasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException
  return REASONS[code ?? ''] ?? reasonOf(error)
}
