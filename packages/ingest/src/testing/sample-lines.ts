import { readdirSync, readFileSync } from 'node:fs'
import type { Parsed } from '@sekisho/event'
import { LineParser } from '../line-parser.ts'
import { parsedLine } from './parsed-line.ts'

/** A line of the samples that is not rejected. */
export interface SampleLine {
  /** `pulse-22.log:7`. */
  readonly place: string
  /** One character a byte (latin1). */
  readonly text: string
  /** The last five digits of `logid`, all ten of lines that are no FortiGate events, a Pulse code, or `''`. */
  readonly code: string
  readonly parsed: Exclude<Parsed, { kind: 'rejected' }>
}

/** How names that imitate the header of a Pulse Secure line begin in the samples. */
const IMITATION = 'x(y)[]'

/** The sample lines that are not rejected; local times are read in Europe/Berlin. */
export function sampleLines(): SampleLine[] {
  const folder = new URL('../samples/', import.meta.url)
  const parser = new LineParser({ timezone: 'Europe/Berlin' })
  const samples: SampleLine[] = []
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.log'))) {
    const lines = readFileSync(new URL(file, folder), 'latin1').split('\n')
    for (const [index, text] of lines.entries()) {
      if (text.trim() === '' || text.startsWith('#') || text.includes(IMITATION)) continue
      const bytes = Buffer.from(text, 'latin1')
      const parsed = parsedLine(parser, bytes)
      if (parsed.kind === 'rejected') continue
      const place = `${file}:${index + 1}`
      samples.push({ place, text, code: codeOf(parsed, text, place), parsed })
    }
  }
  return samples
}

function codeOf(parsed: SampleLine['parsed'], text: string, place: string): string {
  if (parsed.kind === 'ignored') return / msg="([A-Z]{3}\d{5}): /.exec(text)?.[1] ?? ''
  const { code, vendor, action } = parsed.event
  if (!text.includes(code.slice(-5))) throw new Error(`${place} does not have its code ${code}.`)
  return vendor === 'fortigate' && action !== 'ztna.access' ? code.slice(-5) : code
}

/** The message of a Pulse Secure line without a code: what follows the header, which ends with the last `] - `. */
export function messageOf(text: string): string {
  return text.slice(text.lastIndexOf('] - ') + 4)
}
