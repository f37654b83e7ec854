// The jars of the test broker: fetched once by Maven into the project's cache, where all test processes share them.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const POM = join(HERE, 'pom.xml')
const CACHE = fileURLToPath(new URL('../../.cache/kafka', import.meta.url))

/** Maven fetches some 45 MB; slow networks get this long. */
const FETCH_TIMEOUT_MS = 10 * 60_000

/** The oldest Java that Kafka 4 runs on. */
const JAVA_MAJOR_MIN = 17

function kafkaVersion() {
  const version = /<kafka\.version>([^<]+)</.exec(readFileSync(POM, 'utf8'))?.[1]
  if (version === undefined) throw new Error(`no kafka.version in ${POM}`)
  return version
}

/** Folder in the cache that belongs to the version of Kafka in use. */
export function cacheFolder() {
  return join(CACHE, kafkaVersion())
}

/** The `java` of JAVA_HOME or else of PATH. */
export function javaProgram() {
  const { JAVA_HOME } = process.env
  return JAVA_HOME ? join(JAVA_HOME, 'bin', 'java') : 'java'
}

/** Why no broker can be started on this machine, or null when one can. */
export function whyNoJava() {
  const { error, stderr } = spawnSync(javaProgram(), ['-version'], { encoding: 'utf8' })
  if (error) return `there is no Java ${JAVA_MAJOR_MIN} (neither on PATH nor at JAVA_HOME)`
  const major = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0)
  return major < JAVA_MAJOR_MIN ? `Java is older than ${JAVA_MAJOR_MIN}` : null
}

/**
 * The folder with the broker's jars, fetched if need be. Two processes may fetch at once: each into a folder of its
 * own, and the first to be ready gives the name.
 */
export function brokerJars() {
  const folder = join(cacheFolder(), 'jars')
  if (existsSync(folder)) return folder
  const mine = join(cacheFolder(), `jars-${process.pid}`)
  mkdirSync(mine, { recursive: true })
  const { status, error, stdout, stderr } = spawnSync(
    'mvn',
    ['--quiet', '--batch-mode', '--file', POM, 'dependency:copy-dependencies'].concat([
      `-DoutputDirectory=${mine}`,
      '-DincludeScope=runtime',
    ]),
    { encoding: 'utf8', timeout: FETCH_TIMEOUT_MS },
  )
  if (error || status !== 0) {
    rmSync(mine, { recursive: true, force: true })
    throw new Error(`Maven could not fetch the Kafka broker: ${error?.message ?? stdout + stderr}`)
  }
  try {
    renameSync(mine, folder)
  } catch {
    // Another process was first; its jars are the same.
    rmSync(mine, { recursive: true, force: true })
  }
  return folder
}
