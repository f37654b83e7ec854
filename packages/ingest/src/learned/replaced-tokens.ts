import { wallMsAt } from '../time/wall-time.ts'
import { ADDRESS, BSD_TIME, NAME, NUMBER, TEXT, type TokenKind, WORD } from './token-kinds.ts'
import { isRepeated, type Token } from './tokens-in.ts'

/** What is put in the place of the tokens of a kind, one after the other. */
export type Replacement = (kind: TokenKind, index: number, text: string) => string

/** As it was; shorter names and a later second; longer names, other addresses and another day. */
export const REPLACEMENTS: readonly Replacement[] = [
  (_kind, _index, text) => text,
  (kind, index, text) => {
    switch (kind) {
      case NAME:
        return `q${index}`
      case TEXT:
        return `Zz${index}`
      case ADDRESS:
        return `198.18.${index}.9`
      case WORD:
        return text.replace(/[0-9a-f]$/i, (last) => (last === '7' ? '8' : '7'))
      case NUMBER:
        return String(700 + index)
      default:
        return laterBySeconds(kind, text, 37)
    }
  },
  (kind, index, text) => {
    switch (kind) {
      case NAME:
        return `Xy.w-${index}@k.example`
      case TEXT:
        return `Aa ${index}, B & C`
      case ADDRESS:
        return text.includes(':') ? `2001:db8:${index}::7` : `203.0.113.${10 + index}`
      case WORD:
        return text.replace(/^(sid)?[0-9A-Za-z]/, (_first, sid) => `${sid ?? ''}${'5'}`)
      case NUMBER:
        return String(90_210_000 + index)
      default:
        return laterBySeconds(kind, text, 86_400 + 3_600)
    }
  },
]

/** A line with other tokens; equal ones stay equal. */
export function replaced(text: string, tokens: readonly Token[], replacement: Replacement): string {
  const known = new Map<string, string>()
  let changed = ''
  let at = 0
  for (const token of tokens) {
    const key = `${token.kind} ${isRepeated(token.kind) ? '' : token.start} ${token.text}`
    let other = known.get(key)
    if (other === undefined) {
      other = replacement(token.kind, known.size, token.text)
      known.set(key, other)
    }
    changed += text.slice(at, token.start) + other
    at = token.end
  }
  return changed + text.slice(at)
}

/** A time some seconds later, in the same form. */
function laterBySeconds(kind: TokenKind, text: string, seconds: number): string {
  const wallMs = kind === BSD_TIME ? Number.NaN : wallMsAt(text, 0)
  if (Number.isNaN(wallMs)) return text
  const later = new Date(wallMs + seconds * 1000).toISOString()
  const date = later.slice(0, 10).replaceAll('-', text[4] as string)
  return `${date}${text[10]}${later.slice(11, 19)}${text.slice(19)}`
}
