import type { z } from 'zod'
import { didYouMean } from '../nearest.ts'
import { shownStart } from '../terminal/shown-text.ts'
import { oneOf } from '../words.ts'
import { choiceAt, memberOf, type Path, schemaAt } from './schema-at.ts'

/** What is wrong at a place of a configuration. */
export interface Mistake {
  readonly path: Path
  /** Names the place and says what is wrong with it. */
  readonly sentence: string
}

/** Keys that are looked for where secrets may not stand, and where they may. Their values are never repeated. */
const SECRET_KEYS: Readonly<Record<string, string>> = {
  'kafka.sasl.password':
    'must not stand in the file; name a file with kafka.sasl.passwordFile or set SEKISHO_KAFKA_PASSWORD',
  'kafka.password':
    'must not stand in the file; name a file with kafka.sasl.passwordFile or set SEKISHO_KAFKA_PASSWORD',
  'http.token':
    'must not stand in the file; name a file with http.tokenFile or set SEKISHO_HTTP_TOKEN',
}

/**
 * One sentence for each thing that the schema objects to: `unknown key "timezon"; did you mean timezone?`.
 * @param content that was checked
 */
export function mistakesOf(error: z.ZodError, content: unknown): Mistake[] {
  return error.issues.flatMap((issue) => mistakesOfIssue(issue, issue.path, content))
}

function mistakesOfIssue(issue: z.core.$ZodIssue, path: Path, content: unknown): Mistake[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(path, key, content))
  }
  const inner = issue.code === 'invalid_union' ? innerIssuesOf(issue) : null
  if (inner === null) return [{ path, sentence: `${nameOf(path)} ${wordsOf(issue)}` }]
  return inner.flatMap((part) => mistakesOfIssue(part, [...path, ...part.path], content))
}

/** Of the form that was meant, the only one that does not object to the kind of the value; null when all of them do. */
function innerIssuesOf(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | null {
  const meant = issue.errors.filter((issues) => {
    return issues.every((part) => part.path.length > 0 || part.code === 'unrecognized_keys')
  })
  return meant.length === 1 ? (meant[0] ?? null) : null
}

function unknownKey(group: Path, key: string, content: unknown): Mistake {
  const path = [...group, key]
  const remedy = memberOf(SECRET_KEYS, nameOf(path))
  if (remedy !== undefined) return { path, sentence: `${nameOf(path)} ${remedy}` }
  const choice = choiceAt(group, content)
  const place = group.length === 0 ? '' : ` in ${nameOf(group)}`
  const form = choice === '' ? '' : ` (${choice})`
  return {
    path,
    sentence: `unknown key "${shownStart(key, 100)}"${place}${form}${didYouMean(key, knownKeysAt(group, content))}`,
  }
}

/** `networks[2].cidr` */
export function nameOf(path: Path): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part + 1}]`
    else text += text === '' ? String(part) : `.${String(part)}`
  }
  return text === '' ? 'the file' : text
}

/** What is wrong with a value, without its name. */
export function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return choiceWords(issue.values, issue.input)
  if (issue.code === 'invalid_type') {
    const isMissing = issue.input === undefined
    return isMissing ? 'is missing' : `must be ${KIND[issue.expected] ?? issue.expected}`
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const given = memberOf(issue.input, issue.discriminator)
    return choiceWords(optionsOf(issue), given)
  }
  return shownStart(issue.message, 400)
}

function optionsOf(issue: z.core.$ZodIssueInvalidUnion): readonly unknown[] {
  return (issue as { options?: readonly unknown[] }).options ?? []
}

function choiceWords(values: readonly unknown[], given: unknown): string {
  const allowed = values.map(String)
  if (given === undefined) return `is missing: ${oneOf(allowed)}`
  return `must be ${oneOf(allowed)}${didYouMean(typeof given === 'string' ? given : '', allowed)}`
}

const KIND: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a group of keys',
}

/** The keys that the schema knows at a place in the file. */
function knownKeysAt(path: Path, content: unknown): string[] {
  return Object.keys((schemaAt(path, content) as Partial<z.ZodObject> | null)?.shape ?? {})
}

/** @param words go on from the name of what is at the path */
export function mistakeAt(path: Path, words: string): Mistake {
  return { path, sentence: `${nameOf(path)} ${words}` }
}
