import type { AlertDocument } from '../delivery/destination.ts'
import { jsonText } from '../json-text.ts'

/** What a document can do without first, with the fields under `sekisho` that hold most bytes. */
const EXPENDABLE = ['considered', 'evidence', 'travel', 'terms'] as const

/**
 * The document as JSON on one line. One that is too long goes without its longest lists, which `sekisho.left_out` names: a cut JSON
 * could not be read.
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
  return null
}
