// Whether time grows with length and no faster: repetitions of every hostile piece in every form, from 4 to 64 KiB.
import { LineParser } from '../../packages/ingest/dist/index.js'
import { TIMEZONE } from '../forms.mjs'
import { HOSTILE_PIECES } from './hostile-texts.mjs'
import { injectedLine } from './injections.mjs'

const SIZES = [4096, 8192, 16_384, 32_768, 65_536]

/** Doubling a length may cost this much, where the longer line takes long enough to hurt anybody. */
export const RATIO_MAX = 2.5
/** 64 KiB in so little time are some 5 ns a byte: what is quadratic takes a hundred times as long. */
const HARMLESS_US = 300

/** Twice what 64 KiB take where nothing is amiss. */
const LONG_US = 1500

/** CPU time of one run, so that the clock's microsecond does not matter, and runs of which the median counts. */
const GLANCE = { runUs: 100, runs: 3 }
const LOOK = { runUs: 1000, runs: 7 }

/** Families that seem to grow too fast are looked at so often; the least time of each size counts. */
const LOOKS = 5

const TYPED = 'typed by a stranger'

/** Where the repetition stands. */
const PLACES = {
  [TYPED]: (template, size, piece) => {
    const escapedPiece = template.escaped(piece)
    const room = size - template.parts.reduce((sum, part) => sum + part.length, 0)
    const holes = template.parts.length - 1
    const times = Math.floor(room / holes / escapedPiece.length)
    return injectedLine(template, piece.repeat(Math.max(1, times)))
  },
  'before the line': (template, size, piece) =>
    Buffer.concat([repeated(piece, size - template.innocent.length), template.innocent]),
  'after the line': (template, size, piece) =>
    Buffer.concat([template.innocent, repeated(piece, size - template.innocent.length)]),
}

function repeated(piece, length) {
  return Buffer.from(piece.repeat(Math.max(1, Math.floor(length / piece.length))), 'latin1')
}

/** What is repeated outside of a name meets the same code in every template of a form. */
function templatesFor(place, templates) {
  if (place === TYPED) return templates
  return [...new Map(templates.map((template) => [template.form, template])).values()]
}

/** Measures every family; the worst comes first. */
export function growthOf(templates, deadlineMs) {
  const families = []
  let isComplete = true
  for (const [place, lineOf] of Object.entries(PLACES)) {
    for (const template of templatesFor(place, templates)) {
      for (const piece of new Set(HOSTILE_PIECES)) {
        if (Date.now() > deadlineMs) isComplete = false
        else families.push({ place, template, piece, ...measuredFamily(template, piece, lineOf) })
      }
    }
  }
  families.sort((a, b) => b.ratio - a.ratio)
  return { families, isComplete }
}

function measuredFamily(template, piece, lineOf) {
  const lines = SIZES.map((size) => lineOf(template, size, piece))
  const parser = new LineParser({ timezone: TIMEZONE })
  const timesOf = (effort) => lines.map((line) => medianMicroseconds(parser, line, effort))
  let microseconds = timesOf(GLANCE)
  for (let look = 0; look < LOOKS && ratioOf(microseconds, lines) > RATIO_MAX; look++) {
    const again = timesOf(LOOK)
    microseconds = microseconds.map((time, index) => Math.min(time, again[index]))
  }
  return { ratio: ratioOf(microseconds, lines), microseconds, longest: lines.at(-1) }
}

/**
 * What a doubling costs. Where another way of reading begins (a value that is longer than what is kept, a text that is
 * allocated elsewhere) one doubling is a step; growth shows in more than one. So the second dearest doubling counts,
 * and the last one where that takes long.
 */
function ratioOf(microseconds, lines) {
  const ratios = []
  for (let i = 1; i < lines.length; i++) {
    const doublings = lines[i].length / lines[i - 1].length / 2
    const isHarmless = microseconds[i] < HARMLESS_US
    ratios.push(isHarmless ? 0 : microseconds[i] / microseconds[i - 1] / doublings)
  }
  const last = microseconds.at(-1) < LONG_US ? 0 : ratios.at(-1)
  return Math.max(last, ratios.sort((a, b) => b - a)[1])
}

function medianMicroseconds(parser, line, { runUs, runs }) {
  const parse = () => parser.parse(line, 0, line.length)
  const once = cpuUsOf(parse, 1)
  const times = Math.max(1, Math.min(200, Math.ceil(runUs / Math.max(1, once))))
  const measured = Array.from({ length: runs }, () => cpuUsOf(parse, times) / times)
  return measured.sort((a, b) => a - b)[runs >> 1]
}

function cpuUsOf(work, times) {
  const before = process.cpuUsage()
  for (let i = 0; i < times; i++) work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}
