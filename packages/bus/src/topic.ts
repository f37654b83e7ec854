/** A named stream of keyed values between two stages; records of one key keep their order. */
export interface Topic<T> {
  /** Hands a value to every subscriber. @throws Error when there is none: nothing is lost in silence. */
  publish(key: string, value: T): void
  subscribe(consumer: (key: string, value: T) => void): void
}

/**
 * A topic inside one process: `publish` returns when the subscribers are done. What a subscriber publishes meanwhile
 * waits its turn, so that all subscribers see all records in the order of publishing.
 */
export function inProcessTopic<T>(name: string): Topic<T> {
  const consumers: ((key: string, value: T) => void)[] = []
  const waiting: { readonly key: string; readonly value: T }[] = []
  let isDelivering = false

  function deliverWaiting(): void {
    isDelivering = true
    try {
      for (let record = waiting.shift(); record !== undefined; record = waiting.shift()) {
        for (const consume of consumers) consume(record.key, record.value)
      }
    } finally {
      isDelivering = false
    }
  }

  return {
    publish(key, value) {
      if (consumers.length === 0) throw new Error(`topic ${name} has no subscriber`)
      waiting.push({ key, value })
      if (!isDelivering) deliverWaiting()
    },
    subscribe(consumer) {
      consumers.push(consumer)
    },
  }
}
