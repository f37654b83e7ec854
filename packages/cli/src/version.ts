import { readFileSync } from 'node:fs'

/** Version of the program, `1.2.3`. */
export function versionOf(): string {
  const file = new URL('../package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return version
}
