import { setTimeout } from 'node:timers/promises'
import type { DeliveryTools } from '../../delivery/destination.ts'

/** The real clock, waits between attempts cut to nothing, and what the listener was told. */
export function recordingTools(
  onRetried: (reason: string, waitMs: number) => void = () => {},
): DeliveryTools & { readonly told: string[] } {
  const told: string[] = []
  let waitMs = -1
  return {
    told,
    clock: {
      nowMs: () => Date.now(),
      sleep: async (ms, signal) => {
        const isBackOff = ms === waitMs
        await setTimeout(isBackOff ? 1 : ms, undefined, signal ? { signal } : {}).catch(() => {})
      },
    },
    random: () => 0.5,
    listener: {
      refused: async (_, __, reason) => {
        told.push(`refused ${reason}`)
      },
      delivered: (_, documents) => {
        told.push(`delivered ${documents}`)
      },
      retried: (_, reason, ms) => {
        waitMs = ms
        told.push(`retried ${reason}`)
        onRetried(reason, ms)
      },
    },
  }
}
