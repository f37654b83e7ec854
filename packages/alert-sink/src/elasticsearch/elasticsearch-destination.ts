import { type Client, errors } from '@elastic/elasticsearch'
import { BackOff } from '../delivery/back-off.ts'
import {
  type AlertDocument,
  DeliveryStopped,
  type DeliveryTools,
  type Destination,
} from '../delivery/destination.ts'
import { type BulkItem, type Outcome, outcomeOf, reasonTextOf } from './bulk-outcome.ts'
import { clientOf, type ElasticsearchAccess } from './client.ts'
import { type Operation, operationsOf } from './operations.ts'
import { streamOf } from './targets.ts'

export interface ElasticsearchSettings {
  readonly name: string
  readonly access: ElasticsearchAccess
  /** Of the data stream, `logs-sekisho.alert-NAMESPACE`. */
  readonly namespace: string
}

/** Half of what is usual (`http.max_content_length` is 100 MB): a refusal costs little, and little is in memory. */
const REQUEST_BYTES_MAX = 5 * 1024 * 1024

/** What came of a request. */
type Answer =
  | { readonly kind: 'items'; readonly items: readonly BulkItem[] }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'away'; readonly reason: string }

/** Writes alerts to Elasticsearch: the last word on each, and each material word (docs/decisions/0017). */
export class ElasticsearchDestination implements Destination {
  readonly name: string
  readonly #client: Client
  readonly #stream: string
  readonly #tools: DeliveryTools
  readonly #refused = new WeakSet<AlertDocument>()

  constructor({ name, access, namespace }: ElasticsearchSettings, tools: DeliveryTools) {
    this.name = name
    this.#client = clientOf(access)
    this.#stream = streamOf(namespace)
    this.#tools = tools
  }

  async deliver(documents: readonly AlertDocument[], signal: AbortSignal): Promise<void> {
    const { clock, listener } = this.#tools
    const startMs = clock.nowMs()
    const operations = documents.flatMap((each) => operationsOf(each, this.#stream, startMs))
    for (const request of requestsOf(operations)) await this.#write(request, signal)
    listener.delivered(this.name, documents.length, clock.nowMs() - startMs)
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  /** Writes operations until each is written or refused. */
  async #write(operations: readonly Operation[], signal: AbortSignal): Promise<void> {
    const backOff = new BackOff(this.#tools, this.name)
    let left = operations
    while (left.length > 0) {
      const answer = await this.#send(left, signal)
      if (answer.kind === 'away') {
        await backOff.wait(answer.reason, signal)
      } else if (answer.kind === 'too-large') {
        await this.#writeHalves(left, signal)
        return
      } else {
        const again = await this.#settled(left, answer.items)
        if (again.reason !== null) await backOff.wait(again.reason, signal)
        left = again.operations
      }
    }
  }

  async #writeHalves(operations: readonly Operation[], signal: AbortSignal): Promise<void> {
    const half = Math.ceil(operations.length / 2)
    const [first] = operations
    if (operations.length === 1 && first !== undefined) {
      const reason = `413: the server takes no request of ${first.bytes} bytes`
      await this.#refuse(first.document, reason)
      return
    }
    await this.#write(operations.slice(0, half), signal)
    await this.#write(operations.slice(half), signal)
  }

  /** Tells of what was refused. @returns what is to be tried again, and why */
  async #settled(operations: readonly Operation[], items: readonly BulkItem[]) {
    const again: Operation[] = []
    let reason: string | null = null
    for (const [index, operation] of operations.entries()) {
      const outcome = outcomeAt(items, index)
      if (outcome.kind === 'refused') {
        await this.#refuse(operation.document, outcome.reason)
      } else if (outcome.kind === 'again') {
        again.push(operation)
        reason ??= outcome.reason
      }
    }
    return { operations: again, reason }
  }

  /** A document is refused once, although it is written to two places. */
  async #refuse(document: AlertDocument, reason: string): Promise<void> {
    if (this.#refused.has(document)) return
    this.#refused.add(document)
    await this.#tools.listener.refused(this.name, document, reason)
  }

  async #send(operations: readonly Operation[], signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) throw new DeliveryStopped()
    try {
      const { items } = await this.#client.bulk(
        { operations: operations.flatMap(({ action, source }) => [action, source]) },
        { signal },
      )
      return { kind: 'items', items: items.map((item) => Object.values(item)[0] as BulkItem) }
    } catch (error) {
      if (signal.aborted) throw new DeliveryStopped()
      return answerOf(error)
    }
  }
}

/** An item that the response does not have is not known to be written. */
function outcomeAt(items: readonly BulkItem[], index: number): Outcome {
  const item = items[index]
  return item === undefined
    ? { kind: 'again', reason: 'the response does not speak of every document' }
    : outcomeOf(item)
}

/** A whole request that failed: nothing is known of its documents. @throws what is no failure of the server */
function answerOf(error: unknown): Answer {
  if (error instanceof errors.ResponseError) {
    const status = error.statusCode ?? 0
    if (status === 413) return { kind: 'too-large' }
    const body = error.body as { error?: { type?: string; reason?: string } } | undefined
    return { kind: 'away', reason: reasonTextOf(status, body?.error?.type, body?.error?.reason) }
  }
  if (error instanceof errors.ElasticsearchClientError) {
    return { kind: 'away', reason: `${error.name}: ${error.message}`.slice(0, 500) }
  }
  throw error
}

/** Operations in requests that are not too large, in their order. */
function* requestsOf(operations: readonly Operation[]): Generator<readonly Operation[]> {
  let request: Operation[] = []
  let bytes = 0
  for (const operation of operations) {
    if (request.length > 0 && bytes + operation.bytes > REQUEST_BYTES_MAX) {
      yield request
      request = []
      bytes = 0
    }
    request.push(operation)
    bytes += operation.bytes
  }
  if (request.length > 0) yield request
}
