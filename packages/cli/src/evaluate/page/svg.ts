/** Text that is safe in HTML and in SVG, in an attribute too. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Places values on an axis: their distance from its beginning in px. */
export type Scale = (value: number) => number

/** @param least at 0 px; @param most at `lengthPx` */
export function linearScale(least: number, most: number, lengthPx: number): Scale {
  return (value) => ((clamped(value, least, most) - least) / (most - least)) * lengthPx
}

/** Orders of magnitude are equally long; what is less than the least, 0 too, lies at the beginning. */
export function logScale(least: number, most: number, lengthPx: number): Scale {
  const place = linearScale(Math.log(least), Math.log(most), lengthPx)
  return (value) => place(Math.log(Math.max(least, value)))
}

/** Odds are equally long: both ends of a probability can be read. */
export function logitScale(least: number, most: number, lengthPx: number): Scale {
  const logitOf = (p: number): number => Math.log(p / (1 - p))
  const place = linearScale(logitOf(least), logitOf(most), lengthPx)
  return (value) => place(logitOf(clamped(value, least, most)))
}

function clamped(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

/** An attribute's number: a tenth of a pixel is enough. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** @param describe what the drawing shows, for who cannot see it */
export function drawing(
  widthPx: number,
  heightPx: number,
  describe: string,
  parts: string,
): string {
  const box = `viewBox="0 0 ${px(widthPx)} ${px(heightPx)}" style="max-width:${px(widthPx)}px"`
  return `<svg ${box} role="img" aria-label="${escaped(describe)}">${parts}</svg>`
}

export type Anchor = 'start' | 'middle' | 'end'

export function label(
  x: number,
  y: number,
  text: string,
  anchor: Anchor = 'start',
  name = 'label',
): string {
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}" class="${name}">${escaped(text)}</text>`
}

export function line(x1: number, y1: number, x2: number, y2: number, name: string): string {
  return `<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" class="${name}"/>`
}

export type Shape = 'circle' | 'diamond' | 'ring'

/** A mark with what it stands for as its tooltip. */
export function mark(x: number, y: number, shape: Shape, name: string, tooltip: string): string {
  const title = `<title>${escaped(tooltip)}</title>`
  if (shape === 'diamond') {
    const points = [
      [x, y - 6],
      [x + 6, y],
      [x, y + 6],
      [x - 6, y],
    ].map(([a = 0, b = 0]) => `${px(a)},${px(b)}`)
    return `<polygon points="${points.join(' ')}" class="${name}">${title}</polygon>`
  }
  const kind = shape === 'ring' ? `${name} ring` : name
  return `<circle cx="${px(x)}" cy="${px(y)}" r="4.5" class="${kind}">${title}</circle>`
}

/** A tick of an axis and what it is called. */
export type Tick = readonly [value: number, text: string]

/** Vertical lines over a plot at `x0`, with their names below it. */
export function gridX(
  ticks: readonly Tick[],
  scale: Scale,
  x0: number,
  topPx: number,
  bottomPx: number,
): string {
  return ticks
    .map(([value, text]) => {
      const x = x0 + scale(value)
      return line(x, topPx, x, bottomPx, 'grid') + label(x, bottomPx + 16, text, 'middle', 'tick')
    })
    .join('')
}

/** Horizontal lines from `x0` on, with their names to the left; the scale grows upwards from `bottomPx`. */
export function gridY(
  ticks: readonly Tick[],
  scale: Scale,
  x0: number,
  widthPx: number,
  bottomPx: number,
): string {
  return ticks
    .map(([value, text]) => {
      const y = bottomPx - scale(value)
      return line(x0, y, x0 + widthPx, y, 'grid') + label(x0 - 8, y + 4, text, 'end', 'tick')
    })
    .join('')
}
