import { jsonText } from '@sekisho/alert-sink'
import { type Explanation, LineExplainer, unreadExplanation } from '@sekisho/ingest'
import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { readingSettingsOf } from '../reading/reading-settings.ts'
import { shownText } from '../terminal/shown-text.ts'
import { styleOf } from '../terminal/style.ts'
import { wrappedLinesOf } from '../terminal/wrapped-text.ts'
import { Turns } from '../turns.ts'
import { askedRules, type GivenEvent } from './asked-rules.ts'
import { explanationJson } from './explanation-json.ts'
import { explanationText } from './explanation-text.ts'
import { type GivenLine, givenLines, LINES_MAX } from './given-lines.ts'
import { rulesJson } from './rules-json.ts'
import { rulesText } from './rules-text.ts'

const OUTPUTS = ['text', 'json'] as const

const NEXT =
  'sekisho parse FILE writes such events of a whole log, sekisho replay FILE looks for stolen logins.'

const ASK = 'With --history PATH or --state FILE also what the rules make of the lines.'

/** `sekisho explain`: how each line is read, why so, and what the rules make of it. */
export const explain: CommandRun = async (operands, values, io) => {
  const settings = readingSettingsOf(values)
  const { parser, config } = settings
  const { loginGroupMs } = config.detect.limits.common
  const history = { paths: values.texts('history'), statePath: values.text('state') }
  const isAsked = history.paths.length > 0 || history.statePath !== null
  const isText = (values.choice('output', OUTPUTS) ?? 'text') === 'text'
  const explainer = new LineExplainer(parser)
  const { lines, hasMore, problem } = await givenLines(operands, io)
  const { columns } = io.stdout
  const style = styleOf(io.stdout, io.environment)
  const turns = new Turns(io)
  let isAllRead = problem === null
  const explained = lines.map((line) => ({ line, explanation: explainedOf(line, explainer) }))
  const answers = isAsked ? await askedRules(eventsOf(explained), history, settings, io) : null
  for (const { line, explanation } of explained) {
    if (explanation.parsed.kind === 'rejected') isAllRead = false
    const answer = answers?.get(line.number) ?? null
    const text = isText
      ? explanationText(explanation, line.number, loginGroupMs, columns, style) +
        (answer === null ? '' : rulesText(answer, columns, style))
      : jsonText({
          ...explanationJson(explanation, line.number, loginGroupMs),
          ...(answer === null ? {} : { rules: rulesJson(answer) }),
        })
    await io.stdout.write(`${text}\n`)
    if (io.stdout.isClosed) break
    if (turns.isDue) await turns.take()
  }
  if (isText && lines.length > 0) {
    const next = wrappedLinesOf(isAsked ? NEXT : `${ASK} ${NEXT}`, columns).map(style.dim)
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

interface Explained {
  readonly line: GivenLine
  readonly explanation: Explanation
}

function eventsOf(explained: readonly Explained[]): GivenEvent[] {
  return explained.flatMap(({ line: { number, bytes }, explanation: { parsed } }) =>
    // The parser uses its event again.
    parsed.kind === 'event' ? [{ number, bytes, event: { ...parsed.event } }] : [],
  )
}
