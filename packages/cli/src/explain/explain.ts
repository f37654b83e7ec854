import { jsonText } from '@sekisho/alert-sink'
import { type Explanation, LineExplainer, unreadExplanation } from '@sekisho/ingest'
import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { readingSettingsOf } from '../reading/reading-settings.ts'
import { shownText } from '../terminal/shown-text.ts'
import { styleOf } from '../terminal/style.ts'
import { wrappedLinesOf } from '../terminal/wrapped-text.ts'
import { Turns } from '../turns.ts'
import { explanationJson } from './explanation-json.ts'
import { explanationText } from './explanation-text.ts'
import { type GivenLine, givenLines, LINES_MAX } from './given-lines.ts'

const OUTPUTS = ['text', 'json'] as const

const NEXT =
  'sekisho parse FILE writes such events of a whole log, sekisho replay FILE looks for stolen logins.'

/** `sekisho explain`: how each line is read, and why so. */
export const explain: CommandRun = async (operands, values, io) => {
  const { parser } = readingSettingsOf(values)
  const isText = (values.choice('output', OUTPUTS) ?? 'text') === 'text'
  const explainer = new LineExplainer(parser)
  const { lines, hasMore, problem } = await givenLines(operands, io)
  const { columns } = io.stdout
  const style = styleOf(io.stdout, io.environment)
  const turns = new Turns(io)
  let isAllRead = problem === null
  for (const line of lines) {
    const explanation = explainedOf(line, explainer)
    if (explanation.parsed.kind === 'rejected') isAllRead = false
    const text = isText
      ? explanationText(explanation, line.number, columns, style)
      : jsonText(explanationJson(explanation, line.number))
    await io.stdout.write(`${text}\n`)
    if (io.stdout.isClosed) break
    if (turns.isDue) await turns.take()
  }
  if (isText && lines.length > 0) {
    const next = wrappedLinesOf(NEXT, columns).map(style.dim)
    await io.stdout.write(`${next.join('\n')}\n`)
  }
  if (problem !== null) await io.stderr.write(`sekisho: -: ${shownText(problem)}\n`)
  if (hasMore) await io.stderr.write(`The first ${LINES_MAX} lines are explained; more followed.\n`)
  return isAllRead ? EXIT.done : EXIT.inputUnread
}

function explainedOf({ bytes, byteLength }: GivenLine, explainer: LineExplainer): Explanation {
  if (byteLength === bytes.length) return explainer.explain(bytes)
  const detail = `The line has ${byteLength} bytes.`
  return unreadExplanation({ kind: 'rejected', reason: 'too-long', detail }, bytes)
}
