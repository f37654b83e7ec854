import type { Severity } from '@sekisho/event'
import type { TextOutput } from '../io.ts'

/** Marks text up for a terminal, or leaves it alone. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  severity(severity: Severity, text: string): string
}

/** SGR codes: white on red, red, yellow, cyan. */
const SEVERITY_SGR: Readonly<Record<Severity, string>> = {
  critical: '1;97;41',
  high: '1;31',
  medium: '1;33',
  low: '1;36',
}

function marked(sgr: string, text: string): string {
  return `\u001b[${sgr}m${text}\u001b[0m`
}

const COLOURED: Style = {
  bold: (text) => marked('1', text),
  dim: (text) => marked('2', text),
  severity: (severity, text) => marked(SEVERITY_SGR[severity], text),
}

const PLAIN: Style = {
  bold: (text) => text,
  dim: (text) => text,
  severity: (_severity, text) => text,
}

/** Colours on a terminal, unless `NO_COLOR` is set (no-color.org) or the terminal is a dumb one. */
export function styleOf(
  output: TextOutput,
  environment: Readonly<Record<string, string | undefined>>,
): Style {
  const isRefused = (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb'
  return output.isTerminal && !isRefused ? COLOURED : PLAIN
}
