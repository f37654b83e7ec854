import { type EcsObject, ecsOfEvent, eventIdOf, type LoggedEvent } from '@sekisho/event'
import type { Explanation, HeaderPart, LoggedField } from '@sekisho/ingest'
import { REMEDY } from '../reading/rejected-lines.ts'

/** The document of an event as `sekisho parse` writes it, without what only a whole log tells. */
export function documentOf(event: Readonly<LoggedEvent>): EcsObject {
  const line = { path: '', number: 0 }
  const { sekisho, ...document } = ecsOfEvent(event, {
    id: eventIdOf(event),
    line,
    decidesLogin: false,
  })
  const { line: _line, decides_login: _decides, ...own } = sekisho as EcsObject
  return { ...document, sekisho: own }
}

/**
 * What `sekisho explain --output json` prints of one line: the same facts as the text, for programs. Places count bytes
 * from 0 and end before `end`.
 */
export function explanationJson(
  explanation: Explanation,
  number: number,
  loginGroupMs: number,
): EcsObject {
  const { parsed, wrapping, text, headers, body, form, runnerUp, fields, decision } = explanation
  return {
    line: { number, ...outcomeOf(explanation) },
    wrapping: wrapping === null ? null : { ...wrapping, text: text.toString('utf8') },
    envelope: headers.map((part) => ({ ...placed(part), text: part.text, meaning: part.meaning })),
    body: body < 0 ? null : body,
    form,
    runner_up: runnerUp,
    fields: fields.map((field) => ({ ...placed(field), value: field.value, note: field.note })),
    event: parsed.kind === 'event' ? documentOf(parsed.event) : null,
    decision:
      decision === null
        ? null
        : {
            rank: decision.rank,
            because: decision.because,
            decided_by: decision.decidedBy,
            within_s: loginGroupMs / 1000,
          },
  }
}

function outcomeOf({ parsed }: Explanation): EcsObject {
  if (parsed.kind === 'ignored') return { kind: parsed.kind, reason: parsed.ignored }
  if (parsed.kind === 'event') return { kind: parsed.kind }
  const { kind, reason, detail } = parsed
  return { kind, reason, detail, remedy: REMEDY[reason] }
}

function placed(
  part: (HeaderPart | LoggedField) & { readonly uses: readonly string[] },
): EcsObject {
  return { name: part.name, start: part.start, end: part.end, used_for: part.uses }
}
