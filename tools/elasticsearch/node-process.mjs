// Starts one real Elasticsearch node with security on, as a child process with data in a folder of its own.

import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../kafka/broker-process.mjs'
import { distribution } from './distribution.mjs'
import { jdkHome } from './jdk.mjs'

/** A start takes some 8 s on an idle machine. */
const START_TIMEOUT_MS = 180_000
/** A node that does not stop in this time is killed. */
const STOP_TIMEOUT_MS = 30_000
const POLL_MS = 100

const HEAP_MB = 512

/** The distribution by links, with a configuration, data and logs of its own. */
function homeIn(folder) {
  const from = distribution()
  for (const name of readdirSync(from)) {
    if (name !== 'config') symlinkSync(join(from, name), join(folder, name))
  }
  cpSync(join(from, 'config'), join(folder, 'config'), { recursive: true })
  for (const name of ['data', 'logs', 'tmp']) mkdirSync(join(folder, name))
}

function javaArguments(folder, settings) {
  const classPath = `${join(folder, 'launcher')}:${join(folder, 'lib', '*')}`
  return [
    `-Xms${HEAP_MB}m`,
    `-Xmx${HEAP_MB}m`,
    '-XX:+UseSerialGC',
    '--enable-native-access=ALL-UNNAMED',
    '-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false',
    '-Dio.netty.noUnsafe=true',
    `-Des.path.home=${folder}`,
    `-Djava.io.tmpdir=${join(folder, 'tmp')}`,
    ...['-cp', classPath, 'TestNode'],
    ...Object.entries(settings).map(([key, value]) => `${key}=${value}`),
  ]
}

/** Makes a certificate for 127.0.0.1 that signs itself. @returns it, PEM */
function writeCertificate(folder) {
  const certificates = join(folder, 'config', 'certs')
  mkdirSync(certificates)
  const file = (name) => join(certificates, name)
  const { status, stderr } = spawnSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-batch', '-days', '2'].concat(
      ['-subj', '/CN=Sekisho test node', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ['-keyout', file('node.key'), '-out', file('node.crt')],
    ),
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`openssl req: ${stderr}`)
  return readFileSync(file('node.crt'), 'utf8')
}

const TLS_SETTINGS = {
  'xpack.security.http.ssl.enabled': true,
  'xpack.security.http.ssl.key': 'certs/node.key',
  'xpack.security.http.ssl.certificate': 'certs/node.crt',
}

class NodeProcess {
  #child = null
  #starts = 0
  #folder
  #password
  #isDetached
  #killAtExit = () => this.#child?.kill('SIGKILL')

  constructor(folder, password, isDetached) {
    this.#folder = folder
    this.#password = password
    this.#isDetached = isDetached
    if (!isDetached) process.on('exit', this.#killAtExit)
  }

  get pid() {
    return this.#child.pid
  }

  /** Returns when it answers. */
  async start(settings) {
    const logFile = join(this.#folder, 'logs', `process-${++this.#starts}.log`)
    const log = openSync(logFile, 'a')
    const child = spawn(join(jdkHome(), 'bin', 'java'), javaArguments(this.#folder, settings), {
      cwd: this.#folder,
      env: { ...process.env, ELASTIC_PASSWORD: this.#password },
      stdio: ['ignore', log, log],
      detached: this.#isDetached,
    })
    closeSync(log)
    child.on('error', () => {})
    if (this.#isDetached) child.unref()
    this.#child = child
    const endMs = Date.now() + START_TIMEOUT_MS
    while (!/ READY$/m.test(readFileSync(logFile, 'utf8'))) {
      const isGone = child.pid === undefined || child.exitCode !== null || child.signalCode !== null
      if (isGone || Date.now() > endMs) {
        child.kill('SIGKILL')
        const lines = readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n')
        throw new Error(`Elasticsearch did not start; the end of its log:\n${lines}`)
      }
      await sleep(POLL_MS)
    }
  }

  async end(signal) {
    const child = this.#child
    child.kill(signal)
    const endMs = Date.now() + STOP_TIMEOUT_MS
    while (child.exitCode === null && child.signalCode === null) {
      if (Date.now() > endMs) child.kill('SIGKILL')
      await sleep(POLL_MS)
    }
  }

  /** Its data go with it, so there is nothing for it to save. */
  async stop() {
    await this.end('SIGKILL')
    process.off('exit', this.#killAtExit)
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Returns when the superuser is let in: on a busy machine the index of users is there later than the first answer. */
async function letIn(url, auth, ca) {
  const { get } = url.startsWith('https') ? https : http
  const endMs = Date.now() + START_TIMEOUT_MS
  const asked = () =>
    new Promise((resolve) => {
      const request = get(`${url}/_security/_authenticate`, {
        auth,
        ...(ca === null ? {} : { ca }),
      })
      request.on('response', (response) => {
        response.resume()
        resolve(response.statusCode === 200)
      })
      request.on('error', () => resolve(false))
    })
  while (!(await asked())) {
    if (Date.now() > endMs) throw new Error('Elasticsearch does not let its superuser in')
    await sleep(POLL_MS)
  }
}

/**
 * Starts an empty node on 127.0.0.1 and returns when it answers. Its folder is removed by `stop`.
 * @param options.port where it listens; a free one by default
 * @param options.settings over elasticsearch.yml
 * @param options.isTls HTTPS with a certificate that signs itself
 * @param options.isDetached whether it outlives this process
 */
export async function startElasticsearch({
  port,
  settings = {},
  isTls = false,
  isDetached = false,
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-elasticsearch-'))
  try {
    homeIn(folder)
    const ca = isTls ? writeCertificate(folder) : null
    const [freePort, transportPort] = await freePorts(2)
    const httpPort = port ?? freePort
    const password = randomBytes(12).toString('hex')
    const node = new NodeProcess(folder, password, isDetached)
    const settingsWith = (more) => ({
      'http.port': httpPort,
      'transport.port': transportPort,
      ...(isTls ? TLS_SETTINGS : {}),
      ...settings,
      ...more,
    })
    const url = `http${isTls ? 's' : ''}://127.0.0.1:${httpPort}`
    const start = async (more) => {
      await node.start(settingsWith(more))
      await letIn(url, `elastic:${password}`, ca)
    }
    await start({})
    return {
      url,
      username: 'elastic',
      password,
      ca,
      folder,
      get pid() {
        return node.pid
      },
      end: (signal = 'SIGTERM') => node.end(signal),
      start: (more = {}) => start(more),
      stop: () => node.stop(),
    }
  } catch (error) {
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
    throw error
  }
}
