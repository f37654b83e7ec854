/** East Asian wide and emoji blocks, two columns each (Unicode East Asian Width W and F, by block). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const COMBINING = /\p{M}/u

/** Columns that a terminal takes for a character. */
function widthOfCharacter(character: string): number {
  if (character <= '~') return 1
  if (COMBINING.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}

/** Columns that a terminal takes for a text without control characters. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += widthOfCharacter(character)
  return width
}

/** Breaks text into lines of at most `columns` columns, at spaces; a longer word is broken where it must be. */
export function wrappedLinesOf(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const word of text.split(' ')) {
    const wordWidth = widthOf(word)
    if (line !== '' && width + 1 + wordWidth <= columns) {
      line += ` ${word}`
      width += 1 + wordWidth
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = piecesOf(word, columns)
    line = pieces.pop() ?? ''
    width = widthOf(line)
    lines.push(...pieces)
  }
  lines.push(line)
  return lines
}

function piecesOf(word: string, columns: number): string[] {
  const pieces: string[] = []
  let piece = ''
  let width = 0
  for (const character of word) {
    const added = widthOfCharacter(character)
    if (piece !== '' && width + added > columns) {
      pieces.push(piece)
      piece = ''
      width = 0
    }
    piece += character
    width += added
  }
  pieces.push(piece)
  return pieces
}
