import type { Estimate } from '@sekisho/simulate'

/** `0.97 (0.95-0.99)`: a figure and its interval. */
export function estimateText({ value, low, high }: Estimate, digits = 2): string {
  if (value === null || low === null || high === null) return '-'
  return `${value.toFixed(digits)} (${low.toFixed(digits)}-${high.toFixed(digits)})`
}

/** `12 s`, `7 min`, `3.5 h`. */
export function durationText(durationMs: number | null): string {
  if (durationMs === null) return '-'
  const seconds = durationMs / 1000
  if (seconds < 90) return `${Math.round(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
