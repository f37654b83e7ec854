// Reads millions of hostile inputs and checks what must always hold: `tsc -b && node bench/fuzz.mjs`
// Usage: node bench/fuzz.mjs [--inputs 2000000] [--seed 1] [--seconds N] [--only INDEX] [--no-growth]
//
// Every input hangs on the seed and its index alone, so `--seed S --only INDEX` makes one again and shows how it is
// read. What is demanded of a line with a hostile name stands in fuzz/injections.mjs. Exit code 1 tells of findings.
import { parseArgs } from 'node:util'
import { LineParser } from '../packages/ingest/dist/index.js'
import { randomOf, TIMEZONE } from './forms.mjs'
import { CheckedParser, hiddenPollution } from './fuzz/checks.mjs'
import { Findings, shownBytes } from './fuzz/findings.mjs'
import { growthOf, RATIO_MAX } from './fuzz/growth.mjs'
import { hostileText } from './fuzz/hostile-texts.mjs'
import { injectedLine, injectionTemplates, mistakeIn } from './fuzz/injections.mjs'
import { mutatedSample, randomBytes, randomWords, sampleLines } from './fuzz/inputs.mjs'
import { Tally } from './fuzz/tally.mjs'

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '2000000' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
    'no-growth': { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
const deadlineMs = values.seconds === '0' ? Infinity : Date.now() + Number(values.seconds) * 1000
const samples = sampleLines()
const { templates, unread } = injectionTemplates(new LineParser({ timezone: TIMEZONE }))

/** Of twenty inputs one is bytes at random, two words at random, seven damaged samples, ten hostile names. */
function inputOf(index) {
  const random = randomOf(Math.imul(seed, 0x9e3779b1) + index)
  const slot = index % 20
  if (slot === 0) return { kind: 'random bytes', bytes: randomBytes(random) }
  if (slot < 3) return { kind: 'random words', bytes: randomWords(random) }
  if (slot < 10) return { kind: 'damaged samples', bytes: mutatedSample(samples, random) }
  const template = templates[random(templates.length)]
  const typed = hostileText(random)
  return {
    kind: `${template.form}, ${template.demand}`,
    bytes: injectedLine(template, typed),
    template,
    typed,
  }
}

function fuzzed(tally, findings, checked) {
  const inputs = Number(values.inputs)
  for (let index = 0; index < inputs; index++) {
    const { kind, bytes, template, typed } = inputOf(index)
    const { parsed, mistake } = checked.parse(bytes, index)
    tally.add(kind, parsed)
    if (mistake !== '') findings.add(kind, mistake, { bytes, index, typed })
    else if (template !== undefined) {
      const wrong = mistakeIn(parsed, template, typed, bytes.length)
      if (wrong !== '') findings.add(`${kind}, ${template.name}`, wrong, { bytes, index, typed })
    }
    if ((index & 1023) === 0 && Date.now() > deadlineMs) return index + 1
  }
  return inputs
}

function printGrowth(findings) {
  const { families, isComplete } = growthOf(templates, deadlineMs)
  const worst = families[0]
  process.stdout.write(
    `growth    ${families.length} families of repetitions, 4 to 64 KiB${isComplete ? '' : ' (out of time)'}; worst doublings:\n`,
  )
  for (const { place, template, piece, ratio, microseconds } of families.slice(0, 5)) {
    const times = microseconds.map((each) => each.toFixed(0)).join(', ')
    process.stdout.write(
      `  x${ratio.toFixed(2)}  ${template.form} ${template.name}, ${JSON.stringify(piece)} ${place}: ${times} µs\n`,
    )
  }
  for (const { place, template, ratio, microseconds, longest } of families) {
    if (ratio <= RATIO_MAX) break
    const times = microseconds.map((each) => each.toFixed(0)).join(', ')
    findings.add(
      `growth ${template.form} ${place}`,
      `doubling costs ${ratio.toFixed(2)} times (${times} µs)`,
      { bytes: longest, index: -1 },
    )
  }
  return worst
}

function printOnly(index) {
  const { kind, bytes, template, typed } = inputOf(index)
  const { parsed, mistake } = new CheckedParser().parse(bytes, index)
  const wrong = template === undefined ? '' : mistakeIn(parsed, template, typed, bytes.length)
  process.stdout.write(
    `${kind}, ${bytes.length} bytes\n${shownBytes(bytes, 4000)}\nbase64 ${bytes.toString('base64')}\n` +
      `${JSON.stringify(parsed, null, 1)}\n${mistake || wrong || 'nothing wrong'}\n`,
  )
}

function main() {
  if (values.only !== '') return printOnly(Number(values.only))
  const tally = new Tally()
  const findings = new Findings()
  const checked = new CheckedParser()
  const before = process.cpuUsage()
  const count = fuzzed(tally, findings, checked)
  const { user, system } = process.cpuUsage(before)
  if (hiddenPollution())
    findings.add('all', 'built-in prototypes have new names', { bytes: Buffer.alloc(0), index: -1 })
  tally.print()
  process.stdout.write(
    `inputs    ${count} (seed ${seed}) in ${((user + system) / 1e6).toFixed(0)} CPU s; ${checked.freshCompared} read by a fresh parser too\n` +
      `slowest   ${checked.slowestMs.toFixed(2)} ms of CPU, input ${checked.slowestIndex}\n` +
      `not read  ${unread.length === 0 ? 'every form is read' : unread.join(', ')}\n`,
  )
  if (!values['no-growth']) printGrowth(findings)
  findings.print()
  if (findings.count > 0) process.exitCode = 1
}

main()
