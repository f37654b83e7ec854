/** Names longer than this are never taken for typing errors: their neighbourhoods would cost more than they say. */
const NAME_LENGTH_MAX = 64

/** True when two names differ by one insertion, deletion, substitution or swap of neighbours. */
export function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const restA = endA - start
  const restB = endB - start
  if (restA <= 1 && restB <= 1) return true
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]
}

/**
 * Which of some unknown names are one edit from a name that belongs to a source: most likely typing errors.
 *
 * Two names one edit apart share a key among themselves and what is left of each when one character is taken out
 * (the deletion neighbourhood of Mor and Fraenkel 1982, for one edit), so that only names with a common key are
 * compared: linear in the names, where comparing all with all would be quadratic in what an attacker types.
 *
 * @param unknown names that never succeeded
 * @param known names that belong there
 */
export function misspeltNamesOf(unknown: Iterable<string>, known: Iterable<string>): Set<string> {
  const misspelt = new Set<string>()
  let namesWithKey: Map<string, Set<string>> | null = null
  for (const name of known) {
    namesWithKey ??= indexOf(unknown)
    for (const key of keysOf(name)) {
      for (const candidate of namesWithKey.get(key) ?? []) {
        if (isOneEditApart(candidate, name)) misspelt.add(candidate)
      }
    }
  }
  return misspelt
}

function indexOf(names: Iterable<string>): Map<string, Set<string>> {
  const namesWithKey = new Map<string, Set<string>>()
  for (const name of names) {
    for (const key of keysOf(name)) {
      const sharing = namesWithKey.get(key)
      if (sharing === undefined) namesWithKey.set(key, new Set([name]))
      else sharing.add(name)
    }
  }
  return namesWithKey
}

/** The name itself and what is left of it without one of its characters (UTF-16 units). */
function keysOf(name: string): string[] {
  if (name.length > NAME_LENGTH_MAX) return []
  const keys = [name]
  for (let i = 0; i < name.length; i++) keys.push(name.slice(0, i) + name.slice(i + 1))
  return keys
}
