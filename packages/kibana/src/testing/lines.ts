/** Values of NDJSON. */
export function valuesOf(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** Values without the line of details, which is the last. */
export function entriesOf(text: string): Record<string, unknown>[] {
  return valuesOf(text).slice(0, -1)
}
