import type { TextOutput } from '../io.ts'
import { shownText } from '../terminal/shown-text.ts'

/** Text of lines that wait for a slow reader of the log; beyond it lines are dropped and counted. */
const WAITING_LENGTH_MAX = 1024 * 1024

/** One line of the log as pino writes it. */
interface LogLine {
  readonly '@timestamp': string
  readonly 'log.level': string
  readonly message: string
  readonly 'event.action'?: string
  readonly sekisho?: Readonly<Record<string, unknown>>
}

/** Takes the lines that pino writes and hands them to an output that may be slow, closed or full. */
export class LogOutput {
  readonly #output: TextOutput
  readonly #isText: boolean
  #queue: Promise<void> = Promise.resolve()
  #waitingLength = 0
  #dropped = 0

  constructor(output: TextOutput, format: 'json' | 'text') {
    this.#output = output
    this.#isText = format === 'text'
  }

  /** @param line JSON with a line feed */
  write(line: string): void {
    if (this.#waitingLength + line.length > WAITING_LENGTH_MAX) {
      this.#dropped++
      return
    }
    const text = this.#isText ? textOf(JSON.parse(line) as LogLine) : terminalSafe(line)
    this.#dropped = 0
    this.#waitingLength += line.length
    // A log that cannot be written must not end the service: that the disk is full shows elsewhere, too.
    const written = async (): Promise<void> => {
      await this.#output.write(text).catch(() => {})
      this.#waitingLength -= line.length
    }
    this.#queue = this.#queue.then(written)
  }

  /** How many lines were dropped since the last one that was taken: for the next one to tell. */
  get dropped(): number {
    return this.#dropped
  }

  /** Settles when every line has been handed over. */
  async flush(): Promise<void> {
    await this.#queue
  }
}

/** JSON that means the same and that no terminal takes for commands: C1 controls and marks of direction are escaped. */
function terminalSafe(line: string): string {
  const body = line.endsWith('\n') ? line.slice(0, -1) : line
  return `${body.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`
}

function escaped(character: string): string {
  let text = ''
  // Beyond the basic plane JSON has pairs of surrogates.
  for (let i = 0; i < character.length; i++) {
    text += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`
  }
  return text
}

/** `2026-11-23T05:41:58.123Z WARN  The broker is away; trying again  broker=kafka-1:9092 (kafka-away)` */
function textOf(line: LogLine): string {
  const fields = Object.entries(line.sekisho ?? {}).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const isPlain = typeof value !== 'string' || /^[^\s"=]+$/.test(text)
    return `${name}=${isPlain ? text : JSON.stringify(text)}`
  })
  const action = line['event.action'] === undefined ? [] : [`(${line['event.action']})`]
  const words = [line.message, ...fields, ...action].join(' ')
  const level = line['log.level'].toUpperCase().padEnd(5)
  return `${shownText(`${line['@timestamp']} ${level} ${words}`)}\n`
}
