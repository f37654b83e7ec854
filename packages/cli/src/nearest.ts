/**
 * The candidate that a mistyped word most likely meant, or null when none is near: at most one edit (insertion,
 * deletion, substitution, swap of neighbours) in three characters, or the beginning of just one candidate.
 */
export function nearestOf(word: string, candidates: readonly string[]): string | null {
  let nearest: string | null = null
  let least = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    const distance = editDistanceOf(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least) {
      least = distance
      nearest = candidate
    }
  }
  if (nearest !== null || word === '') return nearest
  const begun = candidates.filter((candidate) => candidate.startsWith(word))
  return begun.length === 1 ? (begun[0] ?? null) : null
}

/** `; did you mean X?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[], prefix = ''): string {
  const nearest = nearestOf(word, candidates)
  return nearest === null ? '' : `; did you mean ${prefix}${nearest}?`
}

/** Words longer than this are no typing errors of ours. */
const WORD_LENGTH_MAX = 64

/** Optimal string alignment distance. */
function editDistanceOf(a: string, b: string): number {
  if (Math.max(a.length, b.length) > WORD_LENGTH_MAX) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let distance = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) distance = Math.min(distance, (before[j - 2] ?? 0) + 1)
      row.push(distance)
    }
    before = above
    above = row
  }
  return above[b.length] ?? 0
}
