import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cefOf } from './cef.ts'
import { slackMessageOf, teamsMessageOf } from './chat-cards.ts'
import { leefOf } from './leef.ts'
import { octetCounted, syslogMessageOf } from './syslog-frame.ts'
import { readCef, readFrames, readLeef, readSyslog, typedText } from './testing/readers.ts'
import { sampleDocument } from './testing/sample-documents.ts'
import { webhookRequestsOf } from './webhook-request.ts'

const CASES = 10_000
const BYTES_MAX = 65_536

const piece = fc.oneof(
  fc.constantFrom(
    ...['|', '=', '\\', '^', '\n', '\r', '\r\n', '\t', '\0', ' ', '"', ']', '<', '>', '&', '%'],
    ...[' suser=root', '\nCEF:0|a|b|', '^usrName=root', '\\u{41}', '\\n', '\\=', '<134>1 - '],
    ...['<!channel>', '<@U1>', '@here', '*b*', '[x](javascript:1)', '<at>x</at>', '&lt;', '`'],
    ...['\u001b[2J', '\u0085', '\u202e', '\u2066', '\u2028', '\u200b', '\ufeff', '\u{e0041}'],
    ...['\ud83d', '\ude00', '😀', 'ß', '渡辺', 'e\u0301', 'x'],
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const hostile = fc
  .array(piece, { minLength: 1, maxLength: 12 })
  .map((pieces) => pieces.join(''))
  .filter((text) => text !== '')

/** Nothing of it may end a line, move a cursor or turn the direction of text. */
const UNSAFE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u

test('what was typed comes back from every output, and begins no field, event or mention', () => {
  let cases = 0
  fc.assert(
    fc.property(hostile, hostile, (name, reason) => {
      cases += 1
      const document = sampleDocument({ userName: name, reason })
      const options = { facility: 13, hostname: 'host', bytesMax: BYTES_MAX }
      for (const payload of ['cef', 'leef'] as const) {
        const message = syslogMessageOf(document, { ...options, payload }) as string
        const [framed, ...others] = readFrames(octetCounted(message))
        expect(others).toEqual([])
        expect(message).not.toMatch(UNSAFE)
        const syslog = readSyslog(framed as string)
        const event = payload === 'cef' ? readCef(syslog.payload) : readLeef(syslog.payload)
        const [user, id] = payload === 'cef' ? ['suser', 'externalId'] : ['usrName', 'alertId']
        expect(typedText(event.fields.get(user) as string)).toBe(name)
        expect(typedText(event.fields.get('msg') as string)).toBe(reason)
        expect(event.fields.get(id)).toBe(document.body.sekisho.alert.id)
        expect(event.fields.get('src')).toBe('203.0.113.7')
        expect(event.fields.size).toBe(payload === 'cef' ? 30 : 26)
      }
      const json = readSyslog(
        syslogMessageOf(document, { ...options, payload: 'json' }) as string,
      ).payload
      expect(JSON.parse(json).user.name).toBe(name)
      expectChats(document, name)
      const [splunk] = webhookRequestsOf([document, document], 'splunk-hec', { index: 'vpn' })
      const events = String(splunk?.body)
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(events.map(({ event }) => event.user.name)).toEqual([name, name])
    }),
    { numRuns: CASES, seed: 7 },
  )
  expect(cases).toBe(CASES)
}, 240_000)

function expectChats({ body }: ReturnType<typeof sampleDocument>, name: string): void {
  const slack = JSON.parse(JSON.stringify(slackMessageOf(body)))
  const [, { fields }] = slack.blocks
  for (const { text, verbatim } of fields) {
    expect(verbatim).toBe(true)
    expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
  }
  const shown = fields[0].text.slice('*User*\n'.length)
  const unescaped = shown.replace(/&(amp|lt|gt);/g, (_: string, entity: 'amp' | 'lt' | 'gt') => {
    return { amp: '&', lt: '<', gt: '>' }[entity]
  })
  expect(typedText(unescaped)).toBe(name)
  expect(slack.text).not.toMatch(/[<>]/)
  const teams = JSON.parse(JSON.stringify(teamsMessageOf(body)))
  const card = teams.attachments[0].content
  for (const block of card.body) expect(block.type).toBe('RichTextBlock')
  expect(card.msteams).toBeUndefined()
  expect(typedText(card.body[2].inlines[1].text)).toBe(name)
}

test.each(['x', '😀', '=', '\u202e', '\\'])(
  'a name of a million %j is cut, and nothing else',
  (unit) => {
    const document = sampleDocument({ userName: unit.repeat(1_000_000) })
    for (const bytesMax of [1500, 2048, 8192]) {
      const cef = cefOf(document.body, bytesMax)
      const leef = leefOf(document.body, bytesMax)
      for (const line of [cef, leef]) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(bytesMax)
        expect(line).not.toMatch(UNSAFE)
      }
      expect(readCef(cef).fields.get('externalId')).toBe(document.body.sekisho.alert.id)
      expect(readLeef(leef).fields.get('usrName') ?? '…').toMatch(/…$/)
      for (const payload of ['cef', 'leef', 'json'] as const) {
        const options = { payload, facility: 13, hostname: 'h', bytesMax }
        const message = syslogMessageOf(document, options) as string
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(bytesMax)
        if (payload === 'json') {
          const { sekisho } = JSON.parse(readSyslog(message).payload)
          expect(sekisho.left_out).toContain('everything else')
        }
      }
    }
  },
)
