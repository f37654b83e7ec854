import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Severity } from '@sekisho/event'
import { PROJECT } from './sekisho.ts'

/** What must be said of a case, written before the detector saw it. */
export interface ExpectedAlert {
  readonly rule: string
  readonly entity: string
  /** Window of the alert's time, RFC 3339. */
  readonly from: string
  readonly to: string
  readonly severityAtLeast: Severity
  /** The rule that is not built yet; without it nothing can be found. */
  readonly knownGap?: string
}

export interface PublishedCase {
  readonly name: string
  /** Folder of its logs, settings beside it. */
  readonly logs: string
  readonly settings: string
  readonly alerts: readonly ExpectedAlert[]
  readonly silent: readonly { readonly rule?: string; readonly entity?: string }[]
  readonly counts: { readonly lines: number }
}

export const CASES_FOLDER = join(PROJECT, 'samples', 'cases')

/** Every folder of samples/cases that says what must be found, by name. */
export function publishedCases(): PublishedCase[] {
  return readdirSync(CASES_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'make')
    .map(({ name }) => {
      const folder = join(CASES_FOLDER, name)
      const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
      const paths = { logs: join(folder, '.logs'), settings: join(folder, 'sekisho.yaml') }
      return { name, ...paths, ...expected }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
