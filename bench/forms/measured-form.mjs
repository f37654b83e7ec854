// Measures one form: its parser and `JSON.parse` of the same events, in turns, in CPU seconds of the whole process
// (which counts what the collector of garbage and the compiler do on other threads).
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { ecsOfEvent, eventIdOf } from '../../packages/event/dist/index.js'
import { LineParser } from '../../packages/ingest/dist/index.js'
import { blocksOf, TIMEZONE } from '../forms.mjs'

setFlagsFromString('--expose-gc')
/** Called before each measurement, so that none pays for the garbage of the one before. */
const collectGarbage = runInNewContext('gc')

const SEED = 20_260_314

/** Lines of one block; its lines and objects take about 100 MB together. */
const BLOCK_LINES = 100_000

/** Ways of decoding before `JSON.parse`; the fastest for a form is its yardstick. */
const DECODINGS = {
  latin1: (bytes) => parseEach(bytes, (start, end) => bytes.latin1Slice(start, end)),
  utf8: (bytes) => parseEach(bytes, (start, end) => bytes.utf8Slice(start, end)),
  'latin1 of the whole block': (bytes) => {
    const text = bytes.latin1Slice(0, bytes.length)
    let fields = 0
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      fields += sizeOf(JSON.parse(text.slice(start, end)))
      start = end + 1
    }
    return fields
  },
}

function parseEach(bytes, textOf) {
  let fields = 0
  let start = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    fields += sizeOf(JSON.parse(textOf(start, end)))
    start = end + 1
  }
  return fields
}

/** Reads something of the object, so that nothing can leave its making out. */
function sizeOf(object) {
  return object.time === undefined ? 1 : 2
}

function parseLines(parser, bytes) {
  const counts = { event: 0, ignored: 0, rejected: 0 }
  eachLine(bytes, (start, end) => {
    counts[parser.parse(bytes, start, end).kind]++
  })
  return counts
}

function eachLine(bytes, visit) {
  let start = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    visit(start, end)
    start = end + 1
  }
}

function cpuSecondsOf(work) {
  collectGarbage()
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

function fastestDecoding(objects) {
  const seconds = Object.entries(DECODINGS).map(([name, work]) => {
    work(objects)
    const each = [0, 0, 0].map(() => cpuSecondsOf(() => work(objects)))
    return [name, Math.min(...each)]
  })
  return seconds.reduce((best, each) => (each[1] < best[1] ? each : best))[0]
}

/** The documents that `sekisho parse` prints of a block's events, one a line; empty where lines are no events. */
function documentsOf(parser, bytes) {
  const documents = []
  eachLine(bytes, (start, end) => {
    const parsed = parser.parse(bytes, start, end)
    if (parsed.kind !== 'event') return
    const line = { path: 'bench.log', number: documents.length + 1 }
    const extra = {
      id: eventIdOf(parsed.event),
      line,
      decidesLogin: parsed.event.decides === 'yes',
    }
    documents.push(JSON.stringify(ecsOfEvent(parsed.event, extra)))
  })
  return Buffer.from(`${documents.join('\n')}\n`)
}

/**
 * Reads `lines` lines of a form `rounds` times, in turns with `JSON.parse` of the same fields and of the same events.
 * @returns rates in lines per CPU second, one of each for every round of every block
 */
export function measuredForm(form, lines, rounds) {
  const parser = new LineParser({ timezone: TIMEZONE })
  const counts = { event: 0, ignored: 0, rejected: 0 }
  const rates = { parser: [], fields: [], events: [] }
  let byteLength = 0
  for (const block of blocksOf(form, lines, BLOCK_LINES, SEED)) {
    byteLength += block.lines.length
    // The first round warms all up and is not measured.
    for (const [kind, count] of Object.entries(parseLines(parser, block.lines))) {
      counts[kind] += count
    }
    const documents = documentsOf(parser, block.lines)
    const parseFields = DECODINGS[fastestDecoding(block.objects)]
    const parseEvents = DECODINGS[fastestDecoding(documents)]
    const works = [
      [rates.parser, () => parseLines(parser, block.lines)],
      [rates.fields, () => parseFields(block.objects)],
      [rates.events, () => parseEvents(documents)],
    ]
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < works.length; turn++) {
        const [list, work] = works[(round + turn) % works.length]
        list.push(block.count / cpuSecondsOf(work))
      }
    }
  }
  return {
    counts,
    rates,
    fieldRatios: rates.parser.map((rate, index) => rate / rates.fields[index]),
    eventRatios:
      counts.event === lines ? rates.parser.map((rate, index) => rate / rates.events[index]) : null,
    bytesPerLine: byteLength / lines,
  }
}
