import type { Client } from '@elastic/elasticsearch'
import { BackOff } from '../delivery/back-off.ts'
import {
  type AlertDocument,
  DeliveryStopped,
  type DeliveryTools,
  type Destination,
} from '../delivery/destination.ts'
import { outcomeAt } from './bulk-outcome.ts'
import { clientOf, type ElasticsearchAccess } from './client.ts'
import {
  type Operation,
  oneForEachPlace,
  operationsOf,
  sourceOf,
  standInOf,
  whyNotAnAlert,
} from './operations.ts'
import { type Answer, answerIn, answerOf } from './request-answer.ts'
import { streamOf } from './targets.ts'

export interface ElasticsearchSettings {
  readonly name: string
  readonly access: ElasticsearchAccess
  /** Of the data stream, `logs-sekisho.alert-NAMESPACE`. */
  readonly namespace: string
}

/** A twentieth of what a server takes (`http.max_content_length` is 100 MB): a refusal costs little, and little is in memory. */
const REQUEST_BYTES_MAX = 5 * 1024 * 1024

/** A request of which nothing found room so often is halved: one that is too large for a busy server never gets in as a whole. */
const FULL_MAX = 2

/** What is left of a request to be sent, and why. */
interface Rest {
  readonly operations: readonly Operation[]
  /** Null when nothing failed that is to be tried again. */
  readonly reason: string | null
  /** There was room for nothing of it. */
  readonly isFull: boolean
}

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
    const operations: Operation[] = []
    for (const document of documents) {
      const reason = whyNotAnAlert(document)
      if (reason === null) operations.push(...operationsOf(document, this.#stream))
      else await this.#refuse(document, `not an alert document: ${reason}`)
    }
    for (const request of requestsOf(oneForEachPlace(operations))) {
      await this.#write(request, new BackOff(this.#tools, this.name), signal)
    }
    const arrived = documents.filter((document) => !this.#refused.has(document)).length
    if (arrived > 0) listener.delivered(this.name, arrived, clock.nowMs() - startMs)
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  /** Writes operations until each is written or refused. */
  async #write(
    operations: readonly Operation[],
    backOff: BackOff,
    signal: AbortSignal,
  ): Promise<void> {
    let left = operations
    let timesFull = 0
    while (left.length > 0) {
      const answer = await this.#send(left, signal)
      if (answer.kind === 'never') {
        await this.#writeHalves(left, answer.reason, backOff, signal)
        return
      }
      const rest = await this.#restOf(left, answer, backOff)
      left = rest.operations
      if (rest.reason !== null) await backOff.wait(rest.reason, signal)
      timesFull = rest.isFull ? timesFull + 1 : 0
      if (timesFull >= FULL_MAX && left.length > 1) {
        await this.#writeHalves(left, rest.reason ?? '', backOff, signal)
        return
      }
    }
  }

  /** @param reason why the server never takes them, if there is but one */
  async #writeHalves(
    operations: readonly Operation[],
    reason: string,
    backOff: BackOff,
    signal: AbortSignal,
  ): Promise<void> {
    const [first] = operations
    if (operations.length === 1 && first !== undefined) {
      const { length } = sourceOf(first, this.#tools.clock.nowMs())
      const standIns = await this.#refuseOperation(first, `${reason} (${length} characters)`)
      await this.#write(standIns, backOff, signal)
      return
    }
    const half = Math.ceil(operations.length / 2)
    await this.#write(operations.slice(0, half), backOff, signal)
    await this.#write(operations.slice(half), backOff, signal)
  }

  /** Tells of what was refused. */
  async #restOf(
    operations: readonly Operation[],
    answer: Exclude<Answer, { readonly kind: 'never' }>,
    backOff: BackOff,
  ): Promise<Rest> {
    if (answer.kind !== 'items') {
      return { operations, reason: answer.reason, isFull: answer.kind === 'full' }
    }
    const rest: Operation[] = []
    const failures: { readonly reason: string; readonly isFull: boolean }[] = []
    for (const [index, operation] of operations.entries()) {
      const outcome = outcomeAt(answer.items, index)
      if (outcome.kind === 'written') {
        backOff.reset()
      } else if (outcome.kind === 'refused') {
        rest.push(...(await this.#refuseOperation(operation, outcome.reason)))
      } else {
        rest.push(operation)
        failures.push(outcome)
      }
    }
    const hasTakenNone = failures.length === operations.length
    return {
      operations: rest,
      reason: failures[0]?.reason ?? null,
      isFull: hasTakenNone && failures.some(({ isFull }) => isFull),
    }
  }

  /** @returns what shall be there instead */
  async #refuseOperation({ document, instead }: Operation, reason: string): Promise<Operation[]> {
    await this.#refuse(document, reason)
    const standIn = standInOf(instead)
    return standIn === undefined ? [] : [standIn]
  }

  /** A document is refused once, although it is written to two places. */
  async #refuse(document: AlertDocument, reason: string): Promise<void> {
    if (this.#refused.has(document)) return
    this.#refused.add(document)
    await this.#tools.listener.refused(this.name, document, reason)
  }

  async #send(operations: readonly Operation[], signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) throw new DeliveryStopped()
    const sentMs = this.#tools.clock.nowMs()
    const lines = operations.flatMap((each) => [each.action, sourceOf(each, sentMs)])
    try {
      return answerIn(await this.#client.bulk({ operations: lines }, { signal }))
    } catch (error) {
      if (signal.aborted) throw new DeliveryStopped()
      return answerOf(error)
    }
  }
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
