/** One JSON object of pairs; numbers are written as numbers, also those of 19 digits, which no double holds. */
export function jsonTextOf(pairs) {
  const members = pairs.map(
    ([key, value]) => `"${key}":${typeof value === 'string' ? JSON.stringify(value) : value}`,
  )
  return `{${members.join(',')}}`
}
