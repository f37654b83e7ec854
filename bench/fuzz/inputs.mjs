// Inputs that nobody means: bytes at random, words of the forms at random, and damaged samples.
import { readdirSync, readFileSync } from 'node:fs'

const SAMPLES = new URL('../../packages/ingest/src/samples/', import.meta.url)

/** The lines of all samples. */
export function sampleLines() {
  return readdirSync(SAMPLES)
    .filter((file) => file.endsWith('.log'))
    .sort()
    .flatMap((file) => readFileSync(new URL(file, SAMPLES), 'latin1').split('\n'))
    .filter((line) => line !== '' && !line.startsWith('#'))
}

export function randomBytes(random) {
  return Buffer.from(Uint8Array.from({ length: random(400) }, () => random(256)))
}

const WORDS = [
  ...['date=', 'time=', 'logid=', 'type=', 'event', 'user=', 'remip=', 'eventtime=', 'tz=', 'msg='],
  ...['<189>', '<134>1 ', '2026-03-14', ' 08:16:55', 'T08:16:55+01:00', ' - ', ' - [', '] ', ')['],
  ...[
    'CEF:0|',
    'CEF: 0|',
    'Fortinet|',
    'Fortigate|',
    '|',
    'FTNTFGT',
    'id=firewall ',
    'vpn=',
    'realm=',
  ],
  ...['PulseSecure: ', 'Juniper: ', '{"', '":"', '","', '"}', '{', '}', '"message":"', 'info - ['],
  ...[
    ' | ',
    'AUT24414',
    'Agent login succeeded',
    'Login failed',
    'Reason: ',
    '0101039424',
    '39424',
  ],
  ...[
    '198.51.100.7',
    '"',
    "'",
    '\\',
    '=',
    ' ',
    ',',
    ':',
    '(',
    ')',
    '[',
    ']',
    '\0',
    '\r',
    '\n',
    '\t',
  ],
  ...['\xff', '\xc3', '\xe2\x80\xae', '\xef\xbb\xbf', '1773471489729095095', 'FG100F', '#Fields:'],
]

export function randomWords(random) {
  const count = 1 + random(40)
  let text = ''
  for (let i = 0; i < count; i++) text += WORDS[random(WORDS.length)]
  return Buffer.from(text, 'latin1')
}

const INSERTED = [
  ...['"', '\\', '\\"', '=', '\n', '\r\n', '\0', ' ', ',', '|', '[', ']', '(', ')', '{', '}', ':'],
  ...[
    '" x="',
    '\xe2\x80\xae',
    '\xe2\x81\xa6',
    '\xff',
    '\xc3',
    '\xed\xa0\x80',
    '\xef\xbb\xbf',
    ' - ',
  ],
]

/** Longest line that a mutation makes: a little more than is read. */
const LENGTH_MAX = 66_000

/** Ways to damage a line; each takes the text, the other samples and a source of numbers. */
const MUTATIONS = [
  function flip(text, _samples, random) {
    const at = random(text.length + 1)
    const code = (text.charCodeAt(at) || 0) ^ (1 << random(8))
    return text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1)
  },
  function cut(text, _samples, random) {
    return random(2) === 0 ? text.slice(0, random(text.length + 1)) : text.slice(random(200))
  },
  function leaveOut(text, _samples, random) {
    const at = random(text.length + 1)
    return text.slice(0, at) + text.slice(at + 1 + random(60))
  },
  function splice(text, samples, random) {
    const other = samples[random(samples.length)]
    return text.slice(0, random(text.length + 1)) + other.slice(random(other.length))
  },
  function repeat(text, _samples, random) {
    const at = random(text.length + 1)
    const part = text.slice(at, at + 1 + random(80))
    const times = random(300) === 0 ? 2000 : 1 + random(6)
    return text.slice(0, at) + part.repeat(times) + text.slice(at)
  },
  function insert(text, _samples, random) {
    const at = random(text.length + 1)
    return text.slice(0, at) + INSERTED[random(INSERTED.length)] + text.slice(at)
  },
  function swapWords(text, _samples, random) {
    const words = text.split(' ')
    const [a, b] = [random(words.length), random(words.length)]
    ;[words[a], words[b]] = [words[b], words[a]]
    return words.join(' ')
  },
]

/** A sample, damaged one to four times. */
export function mutatedSample(samples, random) {
  let text = samples[random(samples.length)]
  const times = 1 + random(4)
  for (let i = 0; i < times; i++) {
    text = MUTATIONS[random(MUTATIONS.length)](text, samples, random)
  }
  return Buffer.from(text.slice(0, LENGTH_MAX), 'latin1')
}
