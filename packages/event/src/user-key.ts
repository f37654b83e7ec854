const PLAIN_ASCII = /^[\x20-\x7e]*$/

/**
 * Folds a name so that one person is one key whatever the line's spelling: Unicode NFKC and case folding
 * (locale-free: `toLowerCase`, never `toLocaleLowerCase`; final sigma folded like any sigma).
 */
export function foldedOf(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.toLowerCase()
  return text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC')
}

/** A user as logged, taken apart at `DOMAIN\user` (one or two backslashes) or `user@domain`. */
export interface UserParts {
  readonly name: string
  readonly domain: string
}

/** Splits `DOMAIN\user`, `DOMAIN\\user` and `user@domain`; a text that has neither is all name. */
export function userPartsOf(raw: string): UserParts {
  const slash = raw.indexOf('\\')
  if (slash > 0 && slash < raw.length - 1) {
    const name = raw.slice(raw[slash + 1] === '\\' ? slash + 2 : slash + 1)
    if (name !== '') return { name, domain: raw.slice(0, slash) }
  }
  const at = raw.lastIndexOf('@')
  if (at > 0 && at < raw.length - 1) return { name: raw.slice(0, at), domain: raw.slice(at + 1) }
  return { name: raw, domain: '' }
}

/**
 * The key that rules count a person under: folded, `DOMAIN\` taken off, an `@suffix` kept
 * (two suffixes may be two directories; a tenant that knows better says so in its configuration).
 */
export function userKeyOf(raw: string): string {
  const slash = raw.indexOf('\\')
  if (slash < 0) return foldedOf(raw.trim())
  return foldedOf(userPartsOf(raw).name.trim())
}
