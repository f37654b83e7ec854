import { BrokerError, type BrokerProblem } from '../broker.ts'

/** What a call was about, for the sentence of its error. */
export interface ErrorContext {
  /** HOST:PORT, when the error itself does not name one. */
  readonly brokers: readonly string[]
  readonly topic?: string
  /** The consumer group or transactional id. */
  readonly id?: string
}

type Sentence = (address: string, context: ErrorContext) => string
type Verdict = readonly [BrokerProblem, Sentence]

const topicOf = (context: ErrorContext): string =>
  context.topic === undefined ? 'a topic' : `topic ${context.topic}`
const idOf = (context: ErrorContext): string => context.id ?? 'unknown'

const FENCED: Verdict = [
  'fenced',
  (_, context) => `another writer has taken over the transactional id ${idOf(context)}`,
]
const TOO_LARGE: Verdict = [
  'too-large',
  (_, context) =>
    `a record for ${topicOf(context)} is larger than the brokers take (max.message.bytes)`,
]
const NO_TOPIC: Verdict = [
  'no-topic',
  (_, context) => `${topicOf(context)} does not exist, or not that partition of it`,
]

/** By the names that Kafka's protocol gives its errors. */
const BY_TYPE: Readonly<Record<string, Verdict>> = {
  INVALID_PRODUCER_EPOCH: FENCED,
  INVALID_TXN_STATE: FENCED,
  // The transactional id expired or was given a new producer id: nobody may go on under the old one.
  INVALID_PRODUCER_ID_MAPPING: FENCED,
  MESSAGE_TOO_LARGE: TOO_LARGE,
  RECORD_LIST_TOO_LARGE: TOO_LARGE,
  UNKNOWN_TOPIC_OR_PARTITION: NO_TOPIC,
  INVALID_TOPIC_EXCEPTION: [
    'no-topic',
    (_, context) => `${topicOf(context)} has a name that no topic may have`,
  ],
  TOPIC_AUTHORIZATION_FAILED: [
    'unauthorised',
    (_, context) => `this user may not do that with ${topicOf(context)}; ask for an ACL on it`,
  ],
  GROUP_AUTHORIZATION_FAILED: [
    'unauthorised',
    (_, context) => `this user may not read as consumer group ${idOf(context)}; ask for an ACL`,
  ],
  CLUSTER_AUTHORIZATION_FAILED: [
    'unauthorised',
    (address) => `the cluster of ${address} does not let this user do that; ask for an ACL`,
  ],
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: [
    'unauthorised',
    (_, context) => `this user may not write as transactional id ${idOf(context)}; ask for an ACL`,
  ],
  UNSUPPORTED_SASL_MECHANISM: [
    'unauthorised',
    (address) => `${address} does not offer that SASL mechanism`,
  ],
  SASL_AUTHENTICATION_FAILED: [
    'unauthorised',
    (address) => `${address} does not accept the user name or the password`,
  ],
}

const UNTRUSTED: Verdict = [
  'unauthorised',
  (address) =>
    `the certificate of ${address} is not from an authority that is trusted here; give the CA it is from`,
]

/** By the codes of Node's network and TLS errors. */
const BY_CODE: Readonly<Record<string, Verdict>> = {
  ECONNREFUSED: [
    'unavailable',
    (address) => `${address} refuses connections; does the broker run, and is the address right?`,
  ],
  ENOTFOUND: ['unavailable', (address) => `the host name of ${address} is not known`],
  EAI_AGAIN: ['unavailable', (address) => `the host name of ${address} cannot be looked up now`],
  CERT_HAS_EXPIRED: ['unauthorised', (address) => `the certificate of ${address} has expired`],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'unauthorised',
    (address) =>
      `the certificate of ${address} is for another host name; connect to that, or name it as server name`,
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'unavailable',
    (address) => `${address} does not speak TLS; is it the listener without?`,
  ],
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: [
    'unauthorised',
    (address) => `${address} wants a certificate of this client`,
  ],
}

/** Of a protocol error that came after the library: PRODUCER_FENCED. */
const PRODUCER_FENCED_CODE = 90

/** What the errors of the library have in common; read by name, so that any of its copies will do. */
interface LibraryError {
  readonly name?: string
  readonly message?: string
  readonly type?: string
  readonly code?: string | number
  readonly broker?: string
  readonly cause?: unknown
  readonly errors?: readonly unknown[]
}

function verdictOf(error: LibraryError): Verdict | undefined {
  if (error.code === PRODUCER_FENCED_CODE) return FENCED
  const byType = error.type === undefined ? undefined : BY_TYPE[error.type]
  if (byType !== undefined) return byType
  if (error.name === 'KafkaJSSASLAuthenticationError') return BY_TYPE.SASL_AUTHENTICATION_FAILED
  return typeof error.code === 'string' ? BY_CODE[error.code] : undefined
}

/** The error and what it was caused by, innermost last. */
function* chainOf(error: unknown): Generator<LibraryError> {
  let current = error as LibraryError | undefined
  for (let depth = 0; depth < 10 && typeof current === 'object' && current !== null; depth += 1) {
    yield current
    current = (current.errors?.[0] ?? current.cause) as LibraryError | undefined
  }
}

/** The error as one sentence for the user. Of the library's own words none are repeated: they might hold secrets. */
export function brokerErrorOf(error: unknown, context: ErrorContext): BrokerError {
  if (error instanceof BrokerError) return error
  const chain = [...chainOf(error)]
  const address = chain.find(({ broker }) => broker)?.broker ?? context.brokers.join(', ')
  for (const link of chain) {
    const verdict = verdictOf(link)
    if (verdict !== undefined) {
      return new BrokerError(verdict[0], verdict[1](address, context), { cause: error })
    }
  }
  const { type, code, name } = chain.at(-1) ?? {}
  if (type !== undefined) {
    return new BrokerError('unavailable', `${address} cannot do that now: ${type}`, {
      cause: error,
    })
  }
  const what = code ?? name ?? typeof error
  return new BrokerError('unavailable', `${address} does not answer as it should (${what})`, {
    cause: error,
  })
}

/** Whether the broker says that it knows the reason and has not written, whatever is tried again. */
export function isRefusal({ problem }: BrokerError): boolean {
  return problem !== 'unavailable'
}
