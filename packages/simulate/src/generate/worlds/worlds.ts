import { agency } from './agency.ts'
import { bank } from './bank.ts'
import { college } from './college.ts'
import { exporter } from './exporter.ts'
import { hospital } from './hospital.ts'
import { university } from './university.ts'
import { workshop } from './workshop.ts'
import type { World } from './world.ts'

/** Every world: three to tune on, four to report on. */
export const WORLDS: readonly World[] = [
  workshop,
  college,
  agency,
  exporter,
  university,
  hospital,
  bank,
]

/** The world of a name, null for a name that no world has. */
export function worldOf(name: string): World | null {
  return WORLDS.find((world) => world.name === name) ?? null
}
