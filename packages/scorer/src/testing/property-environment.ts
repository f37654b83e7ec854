import { hash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { runBatch } from './run.ts'
import { worldArbitrary } from './world.ts'

/** Digest of every byte that is said of some worlds. */
export function digestOfWorlds(worlds: number, seed: number): string {
  const alerts = fc.sample(worldArbitrary, { numRuns: worlds, seed }).flatMap((attempts) => {
    return runBatch(attempts)
  })
  return hash('sha256', JSON.stringify(alerts), 'hex')
}

// As a program, for a process with an environment of its own: worlds and seed as arguments.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(digestOfWorlds(Number(process.argv[2]), Number(process.argv[3])))
}
