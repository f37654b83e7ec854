import { type AlertDocument, documentOf } from '../../delivery/destination.ts'
import { ecsOfAlert } from '../../ecs-alert.ts'
import { jsonText } from '../../json-text.ts'
import { SAMPLE_ALERT } from '../../testing/sample-alert.ts'

const RUN = { id: 'run', mode: 'live', createdMs: 0, emittedAtMs: 0, ingestedMs: 0 } as const

export type AlertChange = Partial<typeof SAMPLE_ALERT>

/** The sample alert's document, with changes. */
export function documentWith(change: AlertChange = {}): AlertDocument {
  return documentOf(jsonText(ecsOfAlert({ ...SAMPLE_ALERT, ...change }, RUN)))
}

export function alertIdOf(number: number): string {
  return number.toString(16).padStart(32, '0')
}

/** Documents of alerts 0 to `count - 1`. */
export function documentsOf(count: number, change: AlertChange = {}): AlertDocument[] {
  return Array.from({ length: count }, (_, i) => documentWith({ ...change, id: alertIdOf(i) }))
}
