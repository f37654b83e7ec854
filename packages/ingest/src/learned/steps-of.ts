import type { Step } from './line-tree.ts'
import { isRepeated, type Token } from './tokens-in.ts'

/** A line as a pattern. */
export interface Shape {
  readonly steps: readonly Step[]
  /** The tokens without repetitions, in the order in which a tree counts them. */
  readonly distinct: readonly Token[]
}

/** The pattern of a line of which some parts change; a token that comes again must be the same again. */
export function stepsOf(text: string, tokens: readonly Token[]): Shape {
  const steps: Step[] = []
  const distinct: Token[] = []
  let at = 0
  for (const token of tokens) {
    if (token.start > at) steps.push({ bytes: Buffer.from(text.slice(at, token.start), 'latin1') })
    const first = isRepeated(token.kind)
      ? distinct.findIndex((other) => other.kind === token.kind && other.text === token.text)
      : -1
    if (first >= 0) steps.push({ same: first })
    else {
      distinct.push(token)
      steps.push({ token: token.kind })
    }
    at = token.end
  }
  if (at < text.length) steps.push({ bytes: Buffer.from(text.slice(at), 'latin1') })
  return { steps, distinct }
}
