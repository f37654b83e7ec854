// Lines per CPU second that the parser reads, form by form, beside `JSON.parse` in the same run of
// - the same fields: each line as a JSON object of its own fields (of a Pulse line the message is one field), and
// - the same events: the documents that `sekisho parse` prints.
// Usage: tsc -b && node bench/parse.mjs [LINES] [FORM...]     LINES (a million) are shared out among the forms
//
// All find the newlines and decode the bytes of a block in memory, on one thread, in turns in one process; each form
// has a process of its own, so that no form pays for what another taught the compiler. Row `mixed` has a line of every
// form by turns and shows what that costs.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { measuredForm } from './forms/measured-form.mjs'
import { FORMS, formOf } from './forms.mjs'

const ROUNDS = 7

/** Set for the processes that measure one form. */
const WORKER = 'SEKISHO_BENCH_WORKER'

const [first = '', ...rest] = process.argv.slice(2)
const isCounted = /^\d[\d_]*$/.test(first)
const lines = isCounted ? Number(first.replaceAll('_', '')) : 1_000_000
const names = isCounted || first === '' ? rest : [first, ...rest]
const forms = names.length === 0 ? FORMS : names.map(formOf)

if (process.env[WORKER] === undefined) printTable()
else process.stdout.write(JSON.stringify(measuredForm(forms[0], lines, ROUNDS)))

function printTable() {
  const perForm = Math.ceil(lines / forms.length)
  process.stdout.write(
    `${shown(perForm)} lines of each form, ${ROUNDS} rounds in turns with JSON.parse; medians (lowest to highest).\n` +
      `${rowOf(['form', 'lines/CPU s', 'times JSON.parse: fields', 'events', 'goal', 'fields', 'events', 'B/line', 'events', 'ignored', 'rejected'])}\n`,
  )
  for (const form of forms) {
    process.stdout.write(`${rowOf(cellsOf(form, measuredApart(form.name, perForm)))}\n`)
  }
}

function measuredApart(name, count) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), String(count), name],
    { encoding: 'utf8', env: { ...process.env, [WORKER]: '1' } },
  )
  if (status !== 0) throw new Error(`measuring ${name} failed (${status}):\n${stderr}`)
  return JSON.parse(stdout)
}

/** A rate counts only where every line was read: as an event, but for the archive's traffic. */
function verdictOf({ goal, isMostlyIgnored }, { rejected, ignored }, ratios) {
  if (ratios === null) return '-'
  if (rejected > 0 || (ignored > 0 && isMostlyIgnored !== true)) return 'not read'
  return medianOf(ratios) >= goal ? 'reached' : 'missed'
}

function cellsOf(form, { counts, rates, fieldRatios, eventRatios, bytesPerLine }) {
  return [
    form.name,
    shown(medianOf(rates.parser)),
    ratioText(fieldRatios),
    ratioText(eventRatios),
    form.goal.toFixed(1),
    verdictOf(form, counts, fieldRatios),
    verdictOf(form, counts, eventRatios),
    Math.round(bytesPerLine),
    ...[counts.event, counts.ignored, counts.rejected].map(shown),
  ]
}

function ratioText(ratios) {
  if (ratios === null) return '-'
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)]
  return `${medianOf(ratios).toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`
}

function rowOf(cells) {
  const widths = [17, 12, 26, 22, 6, 9, 9, 8, 10, 10, 10]
  return cells
    .map((cell, index) =>
      index === 0 ? cell.padEnd(widths[index]) : String(cell).padStart(widths[index]),
    )
    .join('')
}

function medianOf(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

function shown(value) {
  return Math.round(value).toLocaleString('en')
}
