import { codeOf } from '../../sources/input-error.ts'

const OWN_REFUSED =
  'it does not trust the certificate of this listener; give it the authority that signed it'
const NO_TLS = 'it does not speak TLS'
const OLD_TLS = 'it speaks no version of TLS that is accepted, 1.2 and later'
const UNTRUSTED = 'its certificate is not signed by an authority in clientCaFile'

/** Codes of OpenSSL and of Node's certificate check. */
const REASONS: Readonly<Record<string, string>> = {
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: OWN_REFUSED,
  ERR_SSL_TLS_ALERT_UNKNOWN_CA: OWN_REFUSED,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: OWN_REFUSED,
  ERR_SSL_SSL_TLS_ALERT_BAD_CERTIFICATE: OWN_REFUSED,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: OWN_REFUSED,
  ERR_SSL_SSL_TLS_ALERT_CERTIFICATE_UNKNOWN: OWN_REFUSED,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    'it says that the certificate of this listener has expired',
  ERR_SSL_SSL_TLS_ALERT_CERTIFICATE_EXPIRED:
    'it says that the certificate of this listener has expired',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: OLD_TLS,
  ERR_SSL_UNSUPPORTED_PROTOCOL: OLD_TLS,
  ERR_SSL_NO_SHARED_CIPHER: 'it offers no cipher that is accepted',
  ERR_SSL_HTTP_REQUEST: `${NO_TLS} but HTTP`,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  ERR_SSL_BAD_RECORD_TYPE: NO_TLS,
  ERR_SSL_RECORD_LAYER_FAILURE: NO_TLS,
  ERR_TLS_HANDSHAKE_TIMEOUT: 'it did not finish the handshake in time',
  ECONNRESET: 'it closed the connection during the handshake',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; are the clocks right?',
  CERT_REVOKED: 'its certificate was revoked',
  INVALID_PURPOSE: 'its certificate is not made for clients (extended key usage)',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
}

/** Why a TLS connection did not come about, about the sender, in words. */
export function handshakeFailureOf(error: unknown): string {
  const code = codeOf(error)
  return REASONS[code] ?? `the handshake failed (${code})`
}

/** Why a client certificate is refused, by the code of Node's certificate check. */
export function certificateFailureOf(code: string): string {
  return REASONS[code] ?? `its certificate is refused (${code})`
}
