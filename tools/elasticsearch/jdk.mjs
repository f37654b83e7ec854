// Finds a JDK that Elasticsearch 9 runs on: its classes are Java 21, and two of our own are compiled.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The oldest Java that Elasticsearch 9 runs on. */
const JAVA_MAJOR_MIN = 21

/** Folders in which systems and version managers keep their JDKs, one folder each. */
const USUAL_FOLDERS = [
  '/usr/lib/jvm',
  '/usr/java',
  '/opt',
  '/opt/java',
  '/Library/Java/JavaVirtualMachines',
  join(homedir(), '.sdkman', 'candidates', 'java'),
  join(homedir(), '.jdks'),
]

function majorOf(home) {
  if (!existsSync(join(home, 'bin', 'javac'))) return 0
  const { stderr } = spawnSync(join(home, 'bin', 'java'), ['-version'], { encoding: 'utf8' })
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0)
}

function candidates() {
  const named = [process.env.ES_JAVA_HOME, process.env.JAVA_HOME].filter(Boolean)
  const found = USUAL_FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder).flatMap((name) => [
      join(folder, name),
      join(folder, name, 'Contents', 'Home'),
    ]),
  )
  return [...named, ...found]
}

let known

/** The home of a JDK 21 or newer (ES_JAVA_HOME, JAVA_HOME, or the usual folders), or null. */
export function jdkHome() {
  known ??= candidates().find((home) => majorOf(home) >= JAVA_MAJOR_MIN) ?? null
  return known
}

/** Why no node can be started on this machine, or null when one can. */
export function whyNoJdk() {
  if (jdkHome() !== null) return null
  return `there is no JDK ${JAVA_MAJOR_MIN} or newer (ES_JAVA_HOME, JAVA_HOME, or where systems keep them)`
}
