/** What a client of Elasticsearch may throw, as far as it is looked at. */
interface ClientError extends Error {
  readonly statusCode?: number
  readonly body?: { readonly error?: { readonly type?: string; readonly reason?: string } }
}

/** A failure in a sentence, and whose it is: `away` when the cluster does not answer as it should. */
export interface ElasticsearchProblem {
  readonly isAway: boolean
  readonly sentence: string
}

const REASON_LENGTH_MAX = 400

/** What the cluster answered, when it did; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  const { name, statusCode } = error as ClientError
  return name === 'ResponseError' ? statusCode : undefined
}

/** @returns null when the error is none of the client's */
export function elasticsearchProblemOf(error: unknown): ElasticsearchProblem | null {
  const { name, message, statusCode, body } = error as ClientError
  const reason = (body?.error?.reason ?? message).slice(0, REASON_LENGTH_MAX)
  if (name === 'ResponseError' && statusCode !== undefined) {
    if (statusCode === 401) {
      return { isAway: false, sentence: `does not know the user, password or key: ${reason}` }
    }
    if (statusCode === 403) return { isAway: false, sentence: `does not allow it: ${reason}` }
    return {
      isAway: statusCode >= 500 || statusCode === 429,
      sentence: `answers ${statusCode}: ${reason}`,
    }
  }
  if (
    name === 'ConnectionError' ||
    name === 'TimeoutError' ||
    name === 'NoLivingConnectionsError'
  ) {
    return { isAway: true, sentence: `cannot be reached: ${connectionReasonOf(reason)}` }
  }
  if (name.endsWith('Error') && 'meta' in (error as object)) {
    return { isAway: true, sentence: `does not answer as Elasticsearch does: ${reason}` }
  }
  return null
}

function connectionReasonOf(reason: string): string {
  if (reason.includes('wrong version number')) return 'it does not speak TLS there; is it http?'
  return /certificate|issuer|self.signed|altname/i.test(reason)
    ? `${reason} (the certificate is not trusted: name its authority with a CA file or fingerprint)`
    : reason
}
