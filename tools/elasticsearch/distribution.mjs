// The distribution of the test node: jars fetched once by Maven and two classes compiled, in the project's cache, where all test
// processes share it.

import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { arch } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { jdkHome } from './jdk.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const POM = join(HERE, 'pom.xml')
const CACHE = fileURLToPath(new URL('../../.cache/elasticsearch', import.meta.url))

/** Maven fetches some 70 MB; slow networks get this long. */
const FETCH_TIMEOUT_MS = 10 * 60_000

/** Of the server's modules, those that are on Maven Central. */
const MODULES = ['transport-netty4', 'x-pack-core', 'x-pack-security']

function elasticsearchVersion() {
  const version = /<es\.version>([^<]+)</.exec(readFileSync(POM, 'utf8'))?.[1]
  if (version === undefined) throw new Error(`no es.version in ${POM}`)
  return version
}

/** Folder in the cache that belongs to the version of Elasticsearch in use. */
export function cacheFolder() {
  return join(CACHE, elasticsearchVersion())
}

function run(program, args, what) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: FETCH_TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error || status !== 0) throw new Error(`${what}: ${error?.message ?? stdout + stderr}`)
  return stdout
}

/**
 * The folder of the distribution, made if need be. Two processes may make it at once: each in a folder of its own, and the first to
 * be ready gives the name.
 */
export function distribution() {
  const folder = join(cacheFolder(), 'distribution')
  if (existsSync(folder)) return folder
  const mine = join(cacheFolder(), `distribution-${process.pid}`)
  mkdirSync(mine, { recursive: true })
  try {
    build(mine)
  } catch (error) {
    rmSync(mine, { recursive: true, force: true })
    throw error
  }
  try {
    renameSync(mine, folder)
  } catch {
    // Another process was first; its distribution is the same.
    rmSync(mine, { recursive: true, force: true })
  }
  return folder
}

function build(folder) {
  run(
    'mvn',
    ['--quiet', '--batch-mode', '--file', POM, `-Ddist=${folder}`, 'package'],
    'Maven could not fetch Elasticsearch',
  )
  for (const name of ['config', 'plugins', 'modules/stand-ins']) {
    mkdirSync(join(folder, name), { recursive: true })
  }
  for (const name of ['elasticsearch.yml', 'log4j2.properties']) {
    copyFileSync(join(HERE, name), join(folder, 'config', name))
  }
  for (const name of MODULES) describeModule(folder, name)
  compile(folder, 'TestNode', join(folder, 'launcher'))
  compileStandIns(folder)
  linkZstd(folder)
}

/** Its name as a Java module is left out, so that it loads on the class path as the server does here. */
function describeModule(folder, name) {
  const jar = join(folder, 'modules', name, `${name}-${elasticsearchVersion()}.jar`)
  const entry = `META-INF/es-plugins/${name}/plugin-descriptor.properties`
  const text = run('unzip', ['-p', jar, entry], `${name} has no descriptor`)
  const lines = text.split('\n').filter((line) => !line.startsWith('modulename'))
  writeFileSync(join(folder, 'modules', name, 'plugin-descriptor.properties'), lines.join('\n'))
}

function compile(folder, name, to) {
  const args = ['--release', '21', '-Xlint:none', '-nowarn', '-cp', join(folder, 'lib', '*')]
  run(
    join(jdkHome(), 'bin', 'javac'),
    [...args, '-d', to, join(HERE, 'src', `${name}.java`)],
    `${name}.java does not compile`,
  )
}

function compileStandIns(folder) {
  const classes = join(folder, 'stand-ins')
  const module = join(folder, 'modules', 'stand-ins')
  compile(folder, 'StandInPlugin', classes)
  const jar = join(module, 'stand-ins.jar')
  run(join(jdkHome(), 'bin', 'jar'), ['cf', jar, '-C', classes, '.'], 'jar')
  rmSync(classes, { recursive: true })
  const version = elasticsearchVersion()
  const descriptor = [
    'description=stand-ins for modules that are not on Maven Central',
    `version=${version}`,
    'name=stand-ins',
    'java.version=21',
    `elasticsearch.version=${version}`,
    'classname=StandInPlugin',
    'deployment.target=ALL',
    '',
  ]
  writeFileSync(join(module, 'plugin-descriptor.properties'), descriptor.join('\n'))
}

/** Without it all native access is off, and indices cannot be compressed well. */
function linkZstd(folder) {
  const listed = run('/sbin/ldconfig', ['-p'], 'ldconfig')
  const library = /libzstd\.so\.1 .*=> (\S+)/.exec(listed)?.[1]
  if (library === undefined) throw new Error('libzstd.so.1 is missing; apt-get install libzstd1')
  const platform = join(folder, 'lib', 'platform', `linux-${arch()}`)
  mkdirSync(platform, { recursive: true })
  symlinkSync(library, join(platform, 'libzstd.so'))
}
