// Lines of every form that gateways of both vendors write, all carrying the same seeded events; beside each line the
// same event as a JSON object with the same fields.
import { eventSource } from './forms/events.mjs'
import { FORTIGATE_FORMS } from './forms/fortigate-forms.mjs'
import { PULSE_FORMS } from './forms/pulse-forms.mjs'

export { eventOf, KINDS } from './forms/events.mjs'
export { randomOf } from './forms/random.mjs'

/** Zone in which the lines are to be read that carry none. */
export const TIMEZONE = 'Europe/Berlin'

const SINGLE_FORMS = [...FORTIGATE_FORMS, ...PULSE_FORMS]
const MIXED = SINGLE_FORMS.filter(({ isMostlyIgnored }) => isMostlyIgnored !== true)

/** A collector's file: every line in another form. */
const mixed = {
  name: 'mixed',
  vendor: 'both',
  line: (event) => MIXED[event.ordinal % MIXED.length].line(event),
  object: (event) => MIXED[event.ordinal % MIXED.length].object(event),
  goal: 1,
}

/**
 * Every form: `name`, `vendor`, `line(event)`, `escaped(text)` (how the device writes a text that somebody typed),
 * `object(event)` (JSON text of the same fields), and `goal`: how many times as fast as `JSON.parse` of those objects
 * its lines should be read. `isMostlyIgnored` marks the archive, 95 % of which is traffic.
 */
export const FORMS = [...SINGLE_FORMS, mixed]

/** The form of a name. @throws Error that lists the names when there is none */
export function formOf(name) {
  const form = FORMS.find((each) => each.name === name)
  if (form !== undefined) return form
  throw new Error(`no form ${name}; there are ${FORMS.map((each) => each.name).join(', ')}`)
}

/** Makes blocks of lines and of their objects (both as bytes, newline after each), never more than one at a time. */
export function* blocksOf(form, lines, blockLines, seed) {
  const nextEvent = eventSource(seed)
  for (let made = 0; made < lines; made += blockLines) {
    const count = Math.min(blockLines, lines - made)
    const events = Array.from({ length: count }, nextEvent)
    yield { count, lines: bytesOf(events, form.line), objects: bytesOf(events, form.object) }
  }
}

/** Joined in parts, so that no text of the whole block stands beside its bytes. */
function bytesOf(events, textOf) {
  const parts = []
  for (let at = 0; at < events.length; at += 5000) {
    const texts = events.slice(at, at + 5000).map((event) => `${textOf(event)}\n`)
    parts.push(Buffer.from(texts.join('')))
  }
  return Buffer.concat(parts)
}
