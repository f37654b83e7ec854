import { ECS_FIELDS, OWN_FIELDS } from '../fields.ts'

const FIELDS = { ...ECS_FIELDS, ...OWN_FIELDS }

/** Paths of every value of a document that is no object, but for places, which are one field. */
export function pathsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => pathsIn(each, path)))]
  if (typeof value !== 'object' || value === null) return [path]
  if (path.endsWith('location')) return [path]
  return Object.entries(value).flatMap(([name, member]) =>
    pathsIn(member, path === '' ? name : `${path}.${name}`),
  )
}

/** Whether a path is below a field that takes objects of any form. */
export function isInFlattened(path: string): boolean {
  return Object.entries(FIELDS).some(
    ([field, type]) => type === 'flattened' && path.startsWith(`${field}.`),
  )
}

/** Type of a field as `_field_caps` names it. */
export function typeInCapabilities(path: string): string | undefined {
  return FIELDS[path] === 'match_only_text' ? 'text' : FIELDS[path]
}
