import type { AlertBody, AlertDocument } from '../delivery/destination.ts'
import { jsonText } from '../json-text.ts'
import { factsOf } from './alert-facts.ts'
import { cutToBytes } from './safe-text.ts'

/** What a document can do without first, with the fields under `sekisho` that hold most bytes. */
const EXPENDABLE = ['considered', 'evidence', 'travel', 'terms'] as const

/**
 * The document as JSON on one line. One that is too long goes without its longest lists, which `sekisho.left_out` names: a cut JSON
 * could not be read. Then only what identifies the alert is left, its texts cut with a mark.
 * @param bytesMax in UTF-8
 * @returns null when even then it does not fit
 */
export function jsonPayloadOf({ text, body }: AlertDocument, bytesMax: number): string | null {
  if (Buffer.byteLength(text) <= bytesMax) return text
  const { score, ...rest } = body.sekisho
  const own: Record<string, unknown> = { ...rest }
  let scores: Record<string, unknown> = { ...(score as object) }
  const leftOut: string[] = []
  for (const name of EXPENDABLE) {
    delete own[name]
    scores = Object.fromEntries(Object.entries(scores).filter(([key]) => key !== name))
    leftOut.push(name)
    const sekisho = { ...own, score: scores, left_out: leftOut }
    const shorter = jsonText({ ...body, sekisho })
    if (Buffer.byteLength(shorter) <= bytesMax) return shorter
  }
  const summary = summaryOf(body)
  return Buffer.byteLength(summary) <= bytesMax ? summary : null
}

const SUMMARY_TEXT_BYTES_MAX = 256

function summaryOf(body: AlertBody): string {
  const { message, userName, sourceIp, ruleId, outcome, action } = factsOf(body)
  const { alert, state, severity } = body.sekisho
  const { kind, severity: number, risk_score } = body.event
  return jsonText({
    '@timestamp': body['@timestamp'],
    event: { kind, id: alert.id, severity: number, risk_score, action, outcome },
    message: cutToBytes(message, SUMMARY_TEXT_BYTES_MAX),
    rule: { id: ruleId },
    user: { name: cutToBytes(userName, SUMMARY_TEXT_BYTES_MAX) },
    ...(sourceIp === '' ? {} : { source: { ip: sourceIp } }),
    organization: { id: cutToBytes(body.organization.id, SUMMARY_TEXT_BYTES_MAX) },
    sekisho: { alert: { id: alert.id }, state, severity, left_out: ['everything else'] },
  })
}
