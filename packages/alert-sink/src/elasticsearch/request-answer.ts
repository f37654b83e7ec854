import { errors } from '@elastic/elasticsearch'
import { reasonTextOf, type ServerError } from './bulk-outcome.ts'

/** What came of a bulk request. */
export type Answer =
  | { readonly kind: 'items'; readonly items: readonly unknown[] }
  /** Never as a whole, perhaps in parts; alone, `reason` is why the document is refused. */
  | { readonly kind: 'never'; readonly reason: string }
  /** No room for it now; perhaps there is for a part of it. */
  | { readonly kind: 'full'; readonly reason: string }
  /** Later. */
  | { readonly kind: 'away'; readonly reason: string }

const NOT_ELASTICSEARCH = 'what answered is no bulk response; is a proxy in between?'

/** @param body of a response with status 200 */
export function answerIn(body: unknown): Answer {
  const items = (body as { items?: unknown } | null | undefined)?.items
  return Array.isArray(items)
    ? { kind: 'items', items }
    : { kind: 'away', reason: `200: ${NOT_ELASTICSEARCH}` }
}

/** A whole request that failed: nothing is known of its documents. @throws what is no failure of the server */
export function answerOf(error: unknown): Answer {
  if (error instanceof errors.ResponseError) {
    const body = error.body as { error?: ServerError | string } | string | undefined
    const told = typeof body === 'object' && body !== null ? body.error : undefined
    return answerTo(error.statusCode ?? 0, typeof told === 'object' ? told : { reason: told ?? '' })
  }
  if (error instanceof errors.ElasticsearchClientError) {
    return { kind: 'away', reason: `${error.name}: ${error.message}`.slice(0, 500) }
  }
  throw error
}

function answerTo(status: number, told: ServerError): Answer {
  const reason = reasonTextOf(status, told)
  if (status === 413) return { kind: 'never', reason: '413: the server takes no request so large' }
  // Elasticsearch names the type of what it refuses. A 400 without one comes from something in between.
  if (status === 400 && told.type !== undefined) return { kind: 'never', reason }
  if (status === 429) return { kind: isAboveLimit(told) ? 'never' : 'full', reason }
  return { kind: 'away', reason }
}

/**
 * Whether a request needs more memory than the server ever gives to one, however idle it is (`indexing_pressure.memory`): it says both.
 * Named `max_coordinating_bytes` in Elasticsearch 9 and `max_coordinating_and_primary_bytes` in 8.
 */
function isAboveLimit({ type, reason = '' }: ServerError): boolean {
  if (type !== 'es_rejected_execution_exception') return false
  const needed = /coordinating_operation_bytes=(\d{1,15})/.exec(reason)?.[1]
  const limit = /max_coordinating(?:_and_primary)?_bytes=(\d{1,15})/.exec(reason)?.[1]
  return needed !== undefined && limit !== undefined && Number(needed) > Number(limit)
}
