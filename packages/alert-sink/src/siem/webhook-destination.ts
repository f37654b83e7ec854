import { BackOff } from '../delivery/back-off.ts'
import {
  type AlertDocument,
  DeliveryStopped,
  type DeliveryTools,
  type Destination,
} from '../delivery/destination.ts'
import { type HttpAnswer, post } from './http-post.ts'
import { visibleText } from './safe-text.ts'
import {
  type SplunkFields,
  type WebhookRequest,
  type WebhookTemplate,
  webhookRequestsOf,
} from './webhook-request.ts'
import { SIGNATURE_HEADER, signatureOf } from './webhook-signature.ts'

export interface WebhookSettings {
  /** Unique among destinations. */
  readonly name: string
  /** http or https. Chat services put their secret into it: it is never told. */
  readonly url: string
  readonly template: WebhookTemplate
  /** Signs each request (signatureOf). */
  readonly secret?: string
  /** Of Splunk's HTTP Event Collector. */
  readonly token?: string
  readonly splunk?: SplunkFields
  /** Authorities in PEM; those of Node when absent. */
  readonly ca?: string
  /** For one request; 30,000 when absent. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 30_000
const RETRY_AFTER_MS_MAX = 600_000
/** Request timeout, too early, too many requests: not the request's fault. */
const LATER = new Set([408, 425, 429])
/** Somebody has to mend the configuration or the receiver; the documents are good. */
const NOT_ALLOWED = new Set([401, 403])

/**
 * Material words on alerts by HTTP POST, in their order. Any 2xx is an arrival; 5xx, 408, 425, 429, 401, 403 and what the network does
 * are tried again, for ever; all other answers, redirects among them, refuse a document for good. A request may arrive twice when its
 * answer was lost: header `idempotency-key` tells (materialIdOf), and in Splunk the alert's id, state and revision.
 */
export class WebhookDestination implements Destination {
  readonly name: string
  readonly #settings: WebhookSettings
  readonly #tools: DeliveryTools
  readonly #backOff: BackOff

  constructor(settings: WebhookSettings, tools: DeliveryTools) {
    this.name = settings.name
    this.#settings = settings
    this.#tools = tools
    this.#backOff = new BackOff(tools, settings.name)
  }

  async deliver(documents: readonly AlertDocument[], signal: AbortSignal): Promise<void> {
    const { template, splunk = {} } = this.#settings
    const material = documents.filter(({ body }) => body.sekisho.alert.is_material)
    const { clock, listener } = this.#tools
    for (const request of webhookRequestsOf(material, template, splunk)) {
      const startMs = clock.nowMs()
      const delivered = await this.#deliverOne(request, signal)
      if (delivered > 0) listener.delivered(this.name, delivered, clock.nowMs() - startMs)
    }
  }

  /** @returns how many documents arrived */
  async #deliverOne(request: WebhookRequest, signal: AbortSignal): Promise<number> {
    for (;;) {
      const answer = await this.#attempt(request, signal)
      if (typeof answer === 'string') {
        await this.#backOff.wait(answer, signal)
        continue
      }
      const { status, retryAfter } = answer
      if (status >= 200 && status < 300) {
        this.#backOff.reset()
        return request.documents.length
      }
      if (status >= 500 || LATER.has(status) || NOT_ALLOWED.has(status)) {
        const waitMs = retryAfterMs(retryAfter, this.#tools.clock.nowMs())
        await this.#backOff.wait(sentenceOf(answer), signal, waitMs)
        continue
      }
      return await this.#refuse(request, answer, signal)
    }
  }

  /** One bad event must not take the others of its request with it: each is tried alone. */
  async #refuse(request: WebhookRequest, answer: HttpAnswer, signal: AbortSignal): Promise<number> {
    const [first, ...others] = request.documents
    if (others.length === 0 && first !== undefined) {
      await this.#tools.listener.refused(this.name, first, sentenceOf(answer))
      return 0
    }
    const { template, splunk = {} } = this.#settings
    let delivered = 0
    for (const document of request.documents) {
      for (const alone of webhookRequestsOf([document], template, splunk)) {
        delivered += await this.#deliverOne(alone, signal)
      }
    }
    return delivered
  }

  /** @returns the answer, or why there is none */
  async #attempt(request: WebhookRequest, signal: AbortSignal): Promise<HttpAnswer | string> {
    if (signal.aborted) throw new DeliveryStopped()
    const { url, ca, timeoutMs = TIMEOUT_MS } = this.#settings
    const over = new AbortController()
    const { clock } = this.#tools
    const waiting = AbortSignal.any([signal, over.signal])
    const late = new AbortController()
    const timer = clock.sleep(timeoutMs, waiting).then(() => {
      if (!over.signal.aborted) late.abort()
    })
    try {
      const tls = ca === undefined ? {} : { ca }
      const headers = this.#headersOf(request)
      const until = AbortSignal.any([signal, late.signal])
      return await post({ url, headers, body: request.body, ...tls, signal: until })
    } catch (error) {
      if (signal.aborted) throw new DeliveryStopped()
      if (late.signal.aborted) return `no answer within ${timeoutMs} ms`
      const { code, message } = error as Error & { code?: string }
      // The sentence of some errors holds the address.
      return `the receiver cannot be reached: ${code ?? visibleText(message).slice(0, 200)}`
    } finally {
      over.abort()
      await timer
    }
  }

  #headersOf({ body, idempotencyKey }: WebhookRequest): Readonly<Record<string, string>> {
    const { secret, token } = this.#settings
    const epochS = Math.floor(this.#tools.clock.nowMs() / 1000)
    return {
      'content-type': 'application/json',
      'user-agent': 'sekisho',
      ...(idempotencyKey === null ? {} : { 'idempotency-key': idempotencyKey }),
      ...(secret === undefined ? {} : { [SIGNATURE_HEADER]: signatureOf(secret, epochS, body) }),
      ...(token === undefined ? {} : { authorization: `Splunk ${token}` }),
    }
  }

  async close(): Promise<void> {}
}

/** Seconds or a date (RFC 9110, 10.2.3); 0 for none, ten minutes at most. */
export function retryAfterMs(header: string, nowMs: number): number {
  const atMs = Date.parse(header)
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : atMs - nowMs
  return Number.isNaN(ms) ? 0 : Math.min(RETRY_AFTER_MS_MAX, Math.max(0, ms))
}

function sentenceOf({ status, text }: HttpAnswer): string {
  const words = text === '' ? '' : `: ${visibleText(text.slice(0, 300))}`
  if (NOT_ALLOWED.has(status)) {
    return `the receiver does not accept our secret or token (${status}): mend it here or there${words}`
  }
  if (status >= 300 && status < 400)
    return `the receiver redirects (${status}), which is not followed`
  return `the receiver answered ${status}${words}`
}
