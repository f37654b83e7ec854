import { type AlertDocument, documentOf } from '../../delivery/destination.ts'
import { ecsOfAlert } from '../../ecs-alert.ts'
import { jsonText } from '../../json-text.ts'
import { SAMPLE_ALERT } from '../../testing/sample-alert.ts'

const RUN = { id: 'run', mode: 'live', createdMs: 1, ingestedMs: 2, emittedAtMs: 3 } as const

type Changes = Partial<typeof SAMPLE_ALERT>

export function sampleDocument(changes: Changes = {}): AlertDocument {
  return documentOf(jsonText(ecsOfAlert({ ...SAMPLE_ALERT, ...changes }, RUN)))
}

/** So many alerts, each with its number as the user's name. */
export function sampleDocuments(count: number): readonly AlertDocument[] {
  return Array.from({ length: count }, (_, number) =>
    sampleDocument({ id: `alert-${number}`, userName: `user ${number}` }),
  )
}
