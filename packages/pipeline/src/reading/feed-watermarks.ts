/** Lines of a gateway may be this late without waiting for finality (B of C.4 in the notes on streams). */
const LATENESS_MS = 10 * 60_000
/** A gateway, and a feed, that was silent for so long does not hold the others back. */
const SILENT_MS = 10 * 60_000
/** Times further ahead than this are a wrong clock's: they advance nothing. */
const AHEAD_MS = 5 * 60_000

interface Gateway {
  latestMs: number
  seenMs: number
}

/** How far a feed is (`LineFeed`). */
export interface FeedProgress {
  readonly isCaughtUp: boolean
  readonly isInOrder: boolean
}

/** What one feed's gateways have come to. */
class FeedWatermark {
  readonly #gateways = new Map<string, Gateway>()
  #seenMs: number | null = null

  observe(gateway: string, timestampMs: number, nowMs: number): void {
    if (timestampMs > nowMs + AHEAD_MS) return
    this.#seenMs = nowMs
    const known = this.#gateways.get(gateway)
    if (known === undefined) this.#gateways.set(gateway, { latestMs: timestampMs, seenMs: nowMs })
    else {
      known.latestMs = Math.max(known.latestMs, timestampMs)
      known.seenMs = nowMs
    }
  }

  /** Null when the feed says nothing: it is silent. -Infinity when it may have anything before it. */
  watermarkMs(nowMs: number, { isCaughtUp, isInOrder }: FeedProgress): number | null {
    if (!isInOrder) return Number.NEGATIVE_INFINITY
    if (this.#seenMs === null) return isCaughtUp ? null : Number.NEGATIVE_INFINITY
    if (isCaughtUp && nowMs - this.#seenMs > SILENT_MS) return null
    let least = Number.POSITIVE_INFINITY
    let latest = Number.NEGATIVE_INFINITY
    for (const [name, { latestMs, seenMs }] of this.#gateways) {
      latest = Math.max(latest, latestMs)
      if (nowMs - seenMs <= SILENT_MS) least = Math.min(least, latestMs)
      else if (isCaughtUp) this.#gateways.delete(name)
    }
    return Math.min(least, latest) - LATENESS_MS
  }
}

/**
 * Up to which time every line has come, as far as one process can tell: the least of its feeds and their gateways. It decides when
 * something becomes final, never what (a day stays open two days longer).
 */
export class FeedWatermarks {
  readonly #feeds = new Map<string, FeedWatermark>()
  #watermarkMs = Number.NEGATIVE_INFINITY
  #latestMs = Number.NEGATIVE_INFINITY

  /** @param feeds names of all feeds: one that has not been read yet holds everything back */
  constructor(feeds: readonly string[]) {
    for (const feed of feeds) this.#feeds.set(feed, new FeedWatermark())
  }

  observe(feed: string, gateway: string, timestampMs: number, nowMs: number): void {
    this.#feeds.get(feed)?.observe(gateway, timestampMs, nowMs)
    this.#latestMs = Math.max(this.#latestMs, timestampMs)
  }

  /** Latest time of any line, believed or not; -Infinity before the first. */
  get latestMs(): number {
    return this.#latestMs
  }

  /** Never falls. */
  watermarkMs(nowMs: number, feeds: Iterable<FeedProgress & { readonly name: string }>): number {
    let least = Number.POSITIVE_INFINITY
    for (const feed of feeds) {
      least = Math.min(least, this.#feeds.get(feed.name)?.watermarkMs(nowMs, feed) ?? least)
    }
    if (least !== Number.POSITIVE_INFINITY) {
      this.#watermarkMs = Math.max(this.#watermarkMs, least)
    }
    return this.#watermarkMs
  }
}
