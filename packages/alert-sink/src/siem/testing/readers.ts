/** Small readers of the formats, written from their rules and sharing no code with what writes them. */

/** Turns `\u{hex}` back. */
export function typedText(visible: string): string {
  return visible.replace(/\\u\{([0-9a-f]+)\}/g, (_, hex) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  )
}

export interface ReadEvent {
  readonly headers: readonly string[]
  readonly fields: ReadonlyMap<string, string>
}

/** CEF: seven header fields, then `key=value` where a value lasts until a space, a key and an `=` without a backslash. */
export function readCef(line: string): ReadEvent {
  const headers: string[] = []
  let at = 0
  let header = ''
  while (headers.length < 7 && at < line.length) {
    const character = line[at++] as string
    if (character === '\\') header += line[at++]
    else if (character === '|') {
      headers.push(header)
      header = ''
    } else header += character
  }
  const tokens: string[] = []
  let token = ''
  const names: string[] = []
  for (; at < line.length; at++) {
    const character = line[at] as string
    if (character === '\\') {
      const next = line[++at]
      token += next === 'n' ? '\n' : next === 'r' ? '\r' : next
    } else if (character === '=') {
      const space = token.lastIndexOf(' ')
      if (names.length > 0) tokens.push(token.slice(0, space))
      names.push(token.slice(space + 1))
      token = ''
    } else token += character
  }
  tokens.push(token)
  return { headers, fields: pairsOf(names.map((name, index) => [name, tokens[index] as string])) }
}

/** LEEF 2.0: six header fields, the sixth names the delimiter of the attributes. */
export function readLeef(line: string): ReadEvent {
  const parts = line.split('|')
  const headers = parts.slice(0, 6)
  const attributes = parts
    .slice(6)
    .join('|')
    .split(headers[5] as string)
  const pairs = attributes.map((attribute): [string, string] => {
    const at = attribute.indexOf('=')
    return [attribute.slice(0, at), attribute.slice(at + 1)]
  })
  return { headers, fields: pairsOf(pairs) }
}

function pairsOf(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const fields = new Map(pairs)
  if (fields.size !== pairs.length) throw new Error('a field stands twice')
  return fields
}

/** Octet-counted messages of a stream. */
export function readFrames(bytes: Buffer): readonly string[] {
  const messages: string[] = []
  let at = 0
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at)
    const length = Number(bytes.subarray(at, space).toString('latin1'))
    if (!Number.isInteger(length) || space + 1 + length > bytes.length) throw new Error('torn')
    messages.push(bytes.subarray(space + 1, space + 1 + length).toString())
    at = space + 1 + length
  }
  return messages
}

const MESSAGE =
  /^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) \[(\S+) alert="((?:[^"\\\]]|\\.)*)" state="([a-z]+)"\] (.*)$/s

/** RFC 5424, as far as we write it. */
export function readSyslog(message: string) {
  const parts = MESSAGE.exec(message)
  if (parts === null) throw new Error('no message of RFC 5424')
  const [, priority, timestamp, hostname, application, process, messageId, element, alert, state] =
    parts
  return {
    priority: Number(priority),
    header: { timestamp, hostname, application, process, messageId, element },
    alertId: (alert as string).replace(/\\(["\\\]])/g, '$1'),
    state,
    payload: parts[10] as string,
  }
}
