import type { AlertState, Severity } from '@sekisho/event'

/** An alert document on its way. */
export interface AlertDocument {
  /** JSON on one line, without the line's end. */
  readonly text: string
  readonly body: AlertBody
}

/** What deliveries read of a document (`ecsOfAlert`); the rest of it they pass on. */
export interface AlertBody {
  /** RFC 3339, UTC. */
  readonly '@timestamp': string
  readonly event: {
    readonly kind: string
    readonly severity: number
    readonly risk_score: number
    readonly [field: string]: unknown
  }
  readonly organization: { readonly id: string }
  readonly sekisho: {
    readonly alert: {
      readonly id: string
      /** UTC day of the alert, `2026-11-20`. */
      readonly day: string
      /** Grows with what is known of the alert, whoever tells it and in whatever order: what is higher replaces what is lower. */
      readonly version: number
      /** This word is new, graver, a first success, a retraction, an opening again or the last word. */
      readonly is_material: boolean
      /** Somebody should look (again): a first word, a graver one, an opening again. */
      readonly is_fresh: boolean
      readonly [field: string]: unknown
    }
    readonly state: AlertState
    readonly severity: Severity
    readonly [field: string]: unknown
  }
  readonly [field: string]: unknown
}

/** Where alert documents go that somebody else keeps. */
export interface Destination {
  /** Name in logs and metrics; unique in a configuration. */
  readonly name: string
  /**
   * Delivers documents in their order. Resolves when each of them has arrived or was refused for good, which the listener has
   * kept. While the destination is away it waits and tries again. What arrived already may be given again.
   * @throws DeliveryStopped when the signal is aborted
   */
  deliver(documents: readonly AlertDocument[], signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** Who hears of deliveries. */
export interface DeliveryListener {
  /** A document that this destination will never take. Settles when the refusal is kept. */
  refused(destination: string, document: AlertDocument, reason: string): Promise<void>
  delivered(destination: string, documents: number, tookMs: number): void
  /** Not delivered, and tried again after the wait. */
  retried(destination: string, reason: string, waitMs: number): void
}

/** Time and chance, which tests replace. */
export interface DeliveryTools {
  readonly clock: {
    /** Epoch ms. */
    nowMs(): number
    /** Settles early when the signal is aborted. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>
  }
  /** 0 … 1, without 1. */
  readonly random: () => number
  readonly listener: DeliveryListener
}

/** `deliver` was stopped before everything had arrived. */
export class DeliveryStopped extends Error {
  override readonly name = 'DeliveryStopped'

  constructor() {
    super('the delivery was stopped')
  }
}

/** @param text JSON on one line, of a document that `ecsOfAlert` made */
export function documentOf(text: string): AlertDocument {
  return { text, body: JSON.parse(text) as AlertBody }
}
