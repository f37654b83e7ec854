/** Seed of the everyday run; the first number of another one may be given. */
const SEED = Number(process.env.SEKISHO_PROPERTY_SEED ?? 20261122)

/** Seed of a property: no two draw the same worlds. */
export function seedOf(name: string): number {
  let seed = SEED
  for (let i = 0; i < name.length; i++) seed = (Math.imul(seed, 31) + name.charCodeAt(i)) | 0
  return seed
}
