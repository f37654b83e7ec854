import { ecsOfAlert, jsonText } from '@sekisho/alert-sink'
import type { Alert } from '@sekisho/event'

/**
 * The ECS document of a word on an alert, on one line.
 * @param runId names this life of this process
 * @param createdMs when the alert was first emitted, epoch ms
 */
export function liveDocumentOf(
  alert: Alert,
  runId: string,
  createdMs: number,
  nowMs: number,
): string {
  const run = { id: runId, mode: 'live', createdMs, emittedAtMs: nowMs, ingestedMs: nowMs } as const
  return jsonText(ecsOfAlert(alert, run))
}
