/** Longest input that is printed whole; a longer one is made again from its seed and index. */
const PRINTED_BYTES_MAX = 3000

/** Bytes of an input that are shown of each example. */
const SHOWN_BYTES = 400

/** Examples kept of each kind of finding. */
const EXAMPLES = 3

/** Bytes as one line of text, control characters and bytes above ASCII escaped. */
export function shownBytes(bytes, lengthMax) {
  const text = asciiOf(JSON.stringify(bytes.toString('latin1', 0, lengthMax)))
  return bytes.length > lengthMax ? `${text} …` : text
}

/** What attackers type must not steer the terminal. */
function asciiOf(text) {
  return text.replace(
    /[^\n\x20-\x7e]/g,
    (character) => `\\u{${character.charCodeAt(0).toString(16)}}`,
  )
}

/** What went wrong, grouped, the shortest inputs of each group as examples. */
export class Findings {
  #groups = new Map()
  count = 0

  /**
   * @param where kind of the input
   * @param mistake what is wrong; what it quotes does not count for the group
   * @param input `bytes`, `index` (-1 when it is not of the sequence) and, for a line with a hostile text, `typed`
   */
  add(where, mistake, input) {
    this.count++
    const key = `${where}: ${mistake.replace(/(?:"|\d).*/s, '…')}`
    const group = this.#groups.get(key) ?? { count: 0, examples: [] }
    this.#groups.set(key, group)
    group.count++
    const { examples } = group
    if (examples.some(({ bytes }) => bytes.equals(input.bytes))) return
    examples.push({ mistake, ...input })
    examples.sort((a, b) => a.bytes.length - b.bytes.length)
    examples.length = Math.min(examples.length, EXAMPLES)
  }

  print() {
    if (this.count === 0) {
      process.stdout.write('findings  none\n')
      return
    }
    process.stdout.write(`findings  ${this.count} in ${this.#groups.size} groups\n`)
    for (const [key, { count, examples }] of this.#groups) {
      process.stdout.write(`\n${count} x ${key}\n`)
      for (const example of examples) printExample(example)
      const { bytes } = examples[0]
      if (bytes.length <= PRINTED_BYTES_MAX)
        process.stdout.write(`  the first as base64: ${bytes.toString('base64')}\n`)
    }
  }
}

function printExample({ mistake, bytes, index, typed }) {
  const shown =
    typed === undefined
      ? shownBytes(bytes, SHOWN_BYTES)
      : `typed ${shownBytes(Buffer.from(typed, 'latin1'), SHOWN_BYTES)}`
  const only = index < 0 ? '' : `--only ${index}, `
  process.stdout.write(
    `  ${asciiOf(mistake.slice(0, SHOWN_BYTES))}\n    ${only}${bytes.length} bytes, ${shown}\n`,
  )
}
