import { env, stdout } from 'node:process'
import { openTables } from './open-tables.ts'

/*
 * Compiles the tables ahead of time, so that the first command does not have to wait. SEKISHO_CACHE names the folder.
 */
const cacheDirectory = env.SEKISHO_CACHE
const start = performance.now()
let isCompiled = false
const { path, version } = openTables({
  ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
  onProgress: () => {
    isCompiled = true
  },
})
const seconds = ((performance.now() - start) / 1000).toFixed(1)
const where = path === '' ? 'not kept: no folder to write to' : path
stdout.write(
  `location tables ${isCompiled ? 'compiled' : 'ready'} in ${seconds} s (${version}): ${where}\n`,
)
