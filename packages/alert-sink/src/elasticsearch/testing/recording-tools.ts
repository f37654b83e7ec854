import type { DeliveryTools } from '../../delivery/destination.ts'

/** A clock that only waits move on, and what the listener was told. */
export function recordingTools(startMs = Date.UTC(2026, 10, 20)) {
  const told = {
    refused: [] as string[],
    retried: [] as string[],
    waitsMs: [] as number[],
    delivered: 0,
    deliveries: 0,
  }
  let nowMs = startMs
  const tools: DeliveryTools = {
    clock: {
      nowMs: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms
      },
    },
    random: () => 0.5,
    listener: {
      refused: async (_, { body }, reason) => {
        told.refused.push(`${body?.sekisho?.alert?.id} ${reason}`)
      },
      delivered: (_, documents) => {
        told.delivered += documents
        told.deliveries++
      },
      retried: (_, reason, waitMs) => {
        told.retried.push(reason)
        told.waitsMs.push(waitMs)
      },
    },
  }
  return { tools, told }
}
