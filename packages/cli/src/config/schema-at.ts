import type { z } from 'zod'
import { configSchema } from './schema.ts'

export type Path = readonly PropertyKey[]

/** What zod keeps of a schema, as far as a walk through the configuration needs it. */
interface Definition {
  readonly type: string
  readonly innerType?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly discriminator?: string
}

/**
 * The part of the schema that a place in a configuration is checked with; of a choice the one that the value there
 * has chosen, else the group of keys.
 * @returns null where the schema has no such place
 */
export function schemaAt(path: Path, content: unknown): z.ZodType | null {
  let schema: z.ZodType | null = configSchema
  let value = content
  for (const part of path) {
    schema = childOf(chosenOf(schema, value), part)
    if (schema === null) return null
    value = memberOf(value, part)
  }
  return chosenOf(schema, value)
}

/** A member of a group or list, undefined where there is none. */
export function memberOf(value: unknown, part: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
  return (value as Record<PropertyKey, unknown>)[part]
}

/** The value at a place, undefined where there is none. */
export function valueAt(content: unknown, path: Path): unknown {
  return path.reduce(memberOf, content)
}

/** The same before a choice is made. */
export function fieldAt(path: Path, content: unknown): z.ZodType | null {
  const part = path.at(-1)
  if (part === undefined) return configSchema
  const parent = schemaAt(path.slice(0, -1), content)
  return parent === null ? null : childOf(parent, part)
}

/** What decided between the forms of an entry, such as `type: syslog, transport: udp`; empty where there is one form. */
export function choiceAt(path: Path, content: unknown): string {
  const value = valueAt(content, path)
  const words: string[] = []
  let schema = fieldAt(path, content)
  while (schema !== null) {
    const union = unwrapped(schema)
    const { discriminator } = definitionOf(union)
    if (discriminator === undefined) break
    words.push(`${discriminator}: ${String(memberOf(value, discriminator))}`)
    schema = optionOf(union, value)
  }
  return words.join(', ')
}

function childOf(schema: z.ZodType, part: PropertyKey): z.ZodType | null {
  if (typeof part === 'number')
    return ((schema as Partial<z.ZodArray>).element as z.ZodType | undefined) ?? null
  const shape = (schema as Partial<z.ZodObject>).shape ?? {}
  return (memberOf(shape, part) as z.ZodType | undefined) ?? null
}

function chosenOf(schema: z.ZodType, value: unknown): z.ZodType {
  let chosen = unwrapped(schema)
  while (definitionOf(chosen).type === 'union') {
    const option = optionOf(chosen, value)
    if (option === null) return chosen
    chosen = unwrapped(option)
  }
  return chosen
}

function optionOf(union: z.ZodType, value: unknown): z.ZodType | null {
  const { options = [], discriminator } = definitionOf(union)
  if (discriminator === undefined) {
    return options.find((option) => definitionOf(option).type === 'object') ?? null
  }
  const given = memberOf(value, discriminator)
  return options.find((option) => wordsOf(option, discriminator).includes(given)) ?? null
}

/** The values of a key that choose an option, which may itself be a choice. */
function wordsOf(option: z.ZodType, key: string): readonly unknown[] {
  const { options } = definitionOf(option)
  if (options !== undefined) return options.flatMap((inner) => wordsOf(inner, key))
  const literal = (option as z.ZodObject).shape[key]
  return literal === undefined ? [] : [...(literal as z.ZodLiteral).values]
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const { type, innerType } = definitionOf(schema)
  return type === 'optional' && innerType !== undefined ? unwrapped(innerType) : schema
}

function definitionOf(schema: z.ZodType): Definition {
  return schema.def as unknown as Definition
}
