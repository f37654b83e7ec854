const HOURS = 24

/** Hours of the UTC day with remembered logins, as ranges: `23–01 (40), 08 (2)`; a range may cross midnight. */
export function hoursText(counts: readonly number[]): string {
  const isUsed = (hour: number): boolean => (counts[(hour + HOURS) % HOURS] ?? 0) > 0
  const starts = Array.from({ length: HOURS }, (_, hour) => hour).filter(
    (hour) => isUsed(hour) && !isUsed(hour - 1),
  )
  if (starts.length === 0)
    return counts.some((count) => count > 0) ? 'every hour (UTC)' : 'none remembered'
  const ranges = starts.map((start) => {
    let end = start
    let logins = counts[start] ?? 0
    while (isUsed(end + 1)) {
      end++
      logins += counts[end % HOURS] ?? 0
    }
    const range = end === start ? twoDigits(start) : `${twoDigits(start)}–${twoDigits(end % HOURS)}`
    return `${range} (${logins})`
  })
  return `${ranges.join(', ')} UTC`
}

function twoDigits(hour: number): string {
  return String(hour).padStart(2, '0')
}
