// Lines in which a stranger typed a hostile text, and what may be demanded of their reading.
//
// - `exact`: the device escapes what is typed (key=value, CSV, JSON, CEF), or the text stands where nothing follows that
//   could be imitated. The line has one meaning: the event is that of the template, with the text as the user's name.
// - `guarded`: Pulse Secure escapes nothing, and a name can imitate all that follows it, up to a whole header. Nobody
//   can tell such a line for sure, so the user may be read wrongly and the line may be refused as broken; but what
//   stands before the name (time, gateway, address) is beyond doubt, and a failure never reads as a success or as nothing.
//   (`::` in a name reads as the end of a virtual system's name in releases that write none; nothing tells them apart.)
// - `agent`: the program that a client says it is, on a login that succeeded. It stands last, but can imitate the header
//   of another message; a line that can be read both ways has to be marked `recovered`.
// - `careless`: a device that forgets to escape. A typed quote ends the value then, so everything after it is in doubt:
//   what is read is never a success, and never another client's address unless the line is marked `recovered`.
import { eventOf, FORMS, formOf } from '../forms.mjs'

/** Stands for the typed text while a template is cut up. */
const MARK = 'qqhostileqq'

const KINDS = {
  fortigate: ['failure', 'ipsec-failure', 'admin-failure'],
  'pulse-secure': ['failure', 'ipsec-failure'],
}

const NEVER_ESCAPED = (text) => text

/** Fields that no typed text may change. */
const GUARDED_FIELDS = ['timestampMs', 'gateway', 'gatewaySerial', 'sourceAddress']
const EXACT_FIELDS = [
  ...GUARDED_FIELDS,
  'virtualSystem',
  ...['vendor', 'code', 'action', 'outcome', 'attempt', 'decides', 'sessionId', 'reason', 'factor'],
  ...['realm', 'roles', 'assignedAddress', 'deviceId', 'durationS', 'certificateSubject'],
]

function templateOf(form, name, demand, line, escaped) {
  const parts = line.split(MARK)
  const bytes = Buffer.from(parts.join('jdoe'), 'latin1')
  return { form: form.name, name, demand, parts, escaped, innocent: bytes }
}

function templatesOf(form) {
  const isPulse = form.vendor === 'pulse-secure'
  const templates = KINDS[form.vendor].map((kind) => {
    const line = form.line(eventOf(kind, MARK))
    return templateOf(form, kind, isPulse ? 'guarded' : 'exact', line, form.escaped)
  })
  for (const kind of isPulse || form.name === 'json' ? [] : KINDS.fortigate) {
    const line = form.line(eventOf(kind, MARK))
    templates.push(templateOf(form, kind, 'careless', line, form.wrapped ?? NEVER_ESCAPED))
  }
  const agentLine = isPulse ? form.line({ ...eventOf('login', 'jdoe'), agent: MARK }) : ''
  if (agentLine.includes(MARK))
    templates.push(templateOf(form, 'login', 'agent', agentLine, form.escaped))
  return templates
}

/** The device writes its own address and `System`; only the message names the person and the address. */
function systemTemplateOf(form) {
  const line = form.line(eventOf('ipsec-failure', MARK))
  const at = line.indexOf('[198.51.100.201] ')
  const end = line.indexOf(MARK, at) + MARK.length
  const changed = `${line.slice(0, at)}[127.0.0.1] System${line.slice(end)}`
  return templateOf(form, 'ipsec-failure of System', 'guarded', changed, NEVER_ESCAPED)
}

/** What a shipper makes of a line: an object with the line as one text. */
function wrappedForm(form) {
  const wrapped = (text) => JSON.stringify(text).slice(1, -1)
  return {
    ...form,
    name: `${form.name} in JSON`,
    wrapped,
    escaped: (text) => wrapped(form.escaped(text)),
    line: (event) => `{"message":"${wrapped(form.line(event))}"}`,
  }
}

/** Every template whose form is read, each with the event of an innocent name; and the forms that are not read. */
export function injectionTemplates(parser) {
  const single = FORMS.filter(
    ({ isMostlyIgnored, vendor }) => !isMostlyIgnored && vendor !== 'both',
  )
  const standard = single.filter(({ name }) => name === 'pulse-9.1' || name === 'pulse-22')
  const wrapped = [formOf('key-value'), formOf('pulse-22')].map(wrappedForm)
  const forms = [...single, ...wrapped]
  const all = [...forms.flatMap(templatesOf), ...standard.map(systemTemplateOf)]
  const templates = []
  const unread = new Set()
  for (const template of all) {
    const parsed = parser.parse(template.innocent, 0, template.innocent.length)
    if (parsed.kind === 'event') templates.push({ ...template, expected: parsed.event })
    else unread.add(template.form)
  }
  return { templates, unread: [...unread] }
}

/** The bytes of a template's line with a typed text (a string of bytes) in it. */
export function injectedLine({ parts, escaped }, typed) {
  return Buffer.from(parts.join(escaped(typed)), 'latin1')
}

const LINE_BYTES_MAX = 65_536
const VALUE_BYTES_MAX = 8192
/** Messages of administrators' failures repeat the name among so many other bytes. */
const MESSAGE_BYTES = 200

/** Words that FortiOS writes where it has no name: a person of that name cannot be told from nobody. */
const NULL_WORDS = new Set(['', 'N/A', 'n/a', '(null)', 'unknown', '0.0.0.0'])

/** What is wrong with the reading of an injected line, `''` when nothing is. */
export function mistakeIn(parsed, template, typed, byteLength) {
  if (byteLength > LINE_BYTES_MAX)
    return parsed.reason === 'too-long' ? '' : 'a line that is too long was read'
  const { demand, expected } = template
  if (parsed.kind !== 'event') {
    if (demand === 'careless') return ''
    if (demand === 'guarded' && parsed.reason === 'broken') return ''
    return `the line is ${parsed.kind} (${parsed.reason ?? parsed.ignored})`
  }
  const { event } = parsed
  switch (demand) {
    case 'exact':
      return exactMistakeIn(event, template, typed)
    case 'guarded':
      if (typed.length > VALUE_BYTES_MAX && event.recovered && event.sourceAddress === '')
        return outcomeMistakeIn(event)
      return outcomeMistakeIn(event) || differenceIn(event, expected, GUARDED_FIELDS)
    case 'agent':
      return event.recovered ? '' : differenceIn(event, expected, EXACT_FIELDS)
    default:
      if (event.recovered) return ''
      return outcomeMistakeIn(event) || addressMistakeIn(event, expected)
  }
}

function outcomeMistakeIn({ outcome, attempt }) {
  if (outcome !== 'failure') return `outcome is ${outcome}`
  return attempt === 'success' || attempt.startsWith('session') ? `attempt is ${attempt}` : ''
}

function addressMistakeIn({ sourceAddress }, expected) {
  const isOwn = sourceAddress === '' || sourceAddress === expected.sourceAddress
  return isOwn ? '' : `sourceAddress is ${sourceAddress}`
}

function differenceIn(event, expected, fields) {
  for (const field of fields) {
    if (event[field] !== expected[field])
      return `${field} is ${JSON.stringify(event[field])}, not ${JSON.stringify(expected[field])}`
  }
  return ''
}

function exactMistakeIn(event, template, typed) {
  const { expected, name, escaped } = template
  const text = Buffer.from(typed, 'latin1').toString('utf8')
  // An IKE line in which nobody is named is no login.
  if (NULL_WORDS.has(text.trim())) return differenceIn(event, expected, GUARDED_FIELDS)
  const difference = differenceIn(event, expected, EXACT_FIELDS)
  if (difference !== '') return difference
  if (escaped(typed).length + MESSAGE_BYTES > VALUE_BYTES_MAX) return ''
  // The name of a certificate stands for the person in it, wherever an IKE line has it.
  const isDistinguishedName = name === 'ipsec-failure' && typed.includes('=')
  if (event.userRaw.trim() !== text.trim() && !isDistinguishedName)
    return `userRaw is ${JSON.stringify(event.userRaw.slice(0, 200))}`
  return event.recovered && !text.includes('\ufffd') ? 'a good line is marked recovered' : ''
}
