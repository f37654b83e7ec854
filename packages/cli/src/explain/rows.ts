import type { Style } from '../terminal/style.ts'
import { widthOf, wrappedLinesOf } from '../terminal/wrapped-text.ts'

/** One row of a list; its texts are safe for a terminal. */
export interface Row {
  /** Where in the line, or `''` in lists without places. */
  readonly place: string
  readonly name: string
  readonly text: string
}

const INDENT = '  '

/** Columns between two texts of a row. */
const GAP = '  '

/** The least that the text is left beside the name; in less it begins below. */
const TEXT_COLUMNS_MIN = 30

/**
 * Rows below each other: places and names as wide as they need to be, and texts broken into lines where they do not fit
 * into what is left of `columns`.
 */
export function rowLinesOf(rows: readonly Row[], columns: number, style: Style): string[] {
  const placeWidth = widestOf(rows.map(({ place }) => place))
  const nameWidth = widestOf(rows.map(({ name }) => name))
  const placeColumns = blankColumn(placeWidth)
  const beside = INDENT + placeColumns + blankColumn(nameWidth)
  const isBeside = columns - beside.length >= TEXT_COLUMNS_MIN
  const indent = isBeside ? beside : `${INDENT}${placeColumns}${GAP}`
  return rows.flatMap(({ place, name, text }) => {
    const shownPlace = placeWidth === 0 ? '' : style.dim(padded(place, placeWidth)) + GAP
    const shownName = nameWidth === 0 ? '' : padded(name, nameWidth) + GAP
    const start = INDENT + shownPlace + shownName
    const lines = wrappedLinesOf(text, columns - indent.length).map((line) => indent + line)
    const [first = '', ...rest] = lines
    const shown = isBeside ? [start + first.slice(indent.length), ...rest] : [start, ...lines]
    return shown.map((line) => line.trimEnd())
  })
}

function blankColumn(width: number): string {
  return width === 0 ? '' : ' '.repeat(width) + GAP
}

/** The text and as many blanks as make it so many columns wide. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

export function widestOf(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(widthOf))
}
