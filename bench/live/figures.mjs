// Figures as benches print them.

/** The value below which the share lies (nearest rank). @param values not empty, in any order */
export function quantileOf(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}

export function medianOf(values) {
  return quantileOf(values, 0.5)
}

export function shown(value) {
  return Math.round(value).toLocaleString('en')
}

/** `median (least to most)` */
export function spreadOf(values, text = shown) {
  return `${text(medianOf(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))})`
}

export function printed(name, text) {
  process.stdout.write(`${name.padEnd(46)} ${text}\n`)
}
