// Starts one real Kafka broker (KRaft, no ZooKeeper) as a child process, in a folder of its own.

import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { brokerJars, javaProgram } from './jars.mjs'
import { writeCertificates, writeProperties } from './properties.mjs'

const LOG_CONFIG = fileURLToPath(new URL('./log4j2.yaml', import.meta.url))

/** Base64 of the cluster's UUID; every broker is a cluster of its own, so one will do. */
const CLUSTER_ID = '4L6g3nShT-eMCtK--X86sw'

/** A start takes some 3 s on an idle machine. */
const START_TIMEOUT_MS = 120_000
/** A broker that does not stop in this time is killed. */
const STOP_TIMEOUT_MS = 30_000
const POLL_MS = 50

/** Serial collector and the fast compiler only: a test broker lives for seconds. */
const JAVA_OPTIONS = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

/** Ports of 127.0.0.1 that nobody listens on. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer()
          server.once('error', reject)
          server.listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

function javaArguments(jars, heapMb, mainClass, args) {
  return [`-Xmx${heapMb}m`, ...JAVA_OPTIONS, `-Dlog4j2.configurationFile=${LOG_CONFIG}`].concat(
    ['-cp', join(jars, '*'), mainClass],
    args,
  )
}

function format(jars, properties, sasl) {
  const scram =
    sasl === null
      ? []
      : ['--add-scram', `SCRAM-SHA-512=[name=${sasl.username},password=${sasl.password}]`]
  const args = ['format', '--standalone', '-t', CLUSTER_ID, '-c', properties, ...scram]
  const { status, error, stdout, stderr } = spawnSync(
    javaProgram(),
    javaArguments(jars, 128, 'kafka.tools.StorageTool', args),
    { encoding: 'utf8', timeout: START_TIMEOUT_MS },
  )
  if (error || status !== 0) {
    throw new Error(`the broker's folder cannot be made: ${error?.message ?? stdout + stderr}`)
  }
}

async function hasExited(child, timeoutMs) {
  const endMs = Date.now() + timeoutMs
  while (child.exitCode === null && child.signalCode === null) {
    if (Date.now() > endMs) return false
    await sleep(POLL_MS)
  }
  return true
}

class KafkaProcess {
  #child = null
  #starts = 0
  #folder
  #commands
  #isDetached
  #killAtExit = () => this.#child?.kill('SIGKILL')

  /** @param commands arguments of Java for the `broker`, and for its `controller` alone */
  constructor(folder, commands, isDetached) {
    this.#folder = folder
    this.#commands = commands
    this.#isDetached = isDetached
    if (!isDetached) process.on('exit', this.#killAtExit)
  }

  get pid() {
    return this.#child.pid
  }

  start() {
    return this.#run(this.#commands.broker, 'Kafka Server started')
  }

  /**
   * Starts it anew with what it has on disk.
   *
   * Before that the controller alone is started, until it has noted that the broker is gone. A single broker that is
   * started as the leader it was is fenced a little later by its own controller; its transaction coordinator then
   * finds partitions without a leader, takes them for deleted, and calls a transaction complete whose markers were
   * never written (Kafka 4.3.1: "these partitions are likely deleted already"), so that nobody ever reads behind it.
   * With several brokers there is another leader.
   */
  async restart(signal, downMs) {
    await this.end(signal)
    await sleep(downMs)
    await this.#run(this.#commands.controller, 'handleBrokerFenced')
    await this.end('SIGTERM')
    await this.start()
  }

  /** Runs a command until its log says the words. */
  async #run(command, words) {
    this.#starts += 1
    const logFile = join(this.#folder, `process-${this.#starts}.log`)
    const log = openSync(logFile, 'a')
    const child = spawn(javaProgram(), command, {
      stdio: ['ignore', log, log],
      detached: this.#isDetached,
    })
    closeSync(log)
    child.on('error', () => {})
    this.#child = child
    if (this.#isDetached) child.unref()
    const endMs = Date.now() + START_TIMEOUT_MS
    while (!readFileSync(logFile, 'utf8').includes(words)) {
      const isGone = child.pid === undefined || child.exitCode !== null || child.signalCode !== null
      if (isGone || Date.now() > endMs) {
        child.kill('SIGKILL')
        const lines = readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n')
        throw new Error(`the Kafka broker did not start; the end of its log:\n${lines}`)
      }
      await sleep(POLL_MS)
    }
  }

  signal(name) {
    this.#child.kill(name)
  }

  async end(signal) {
    this.#child.kill(signal)
    if (await hasExited(this.#child, STOP_TIMEOUT_MS)) return
    this.#child.kill('SIGKILL')
    await hasExited(this.#child, STOP_TIMEOUT_MS)
  }

  /** Its data go with it, so there is nothing for it to save. */
  async stop() {
    await this.end('SIGKILL')
    process.off('exit', this.#killAtExit)
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/**
 * Starts a broker with an empty log and returns when it serves. Its folder is removed by `stop`.
 * @param options.port where it listens on 127.0.0.1 without TLS; a free one by default
 * @param options.heapMb of its Java
 * @param options.sasl user name and password of a further listener with TLS and SCRAM-SHA-512
 * @param options.isDetached whether it outlives this process
 */
export async function startKafka({ port, heapMb = 384, sasl = null, isDetached = false } = {}) {
  const jars = brokerJars()
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-kafka-'))
  try {
    mkdirSync(join(folder, 'data'))
    const [freePort, controllerPort, saslPort] = await freePorts(3)
    const ports = { port: port ?? freePort, controllerPort, saslPort: sasl ? saslPort : null }
    const ca = sasl === null ? null : writeCertificates(folder)
    const properties = writeProperties(folder, ports)
    format(jars, properties.broker, sasl)
    const commands = {
      broker: javaArguments(jars, heapMb, 'kafka.Kafka', [properties.broker]),
      controller: javaArguments(jars, 128, 'kafka.Kafka', [properties.controller]),
    }
    const broker = new KafkaProcess(folder, commands, isDetached)
    await broker.start()
    return {
      brokers: [`127.0.0.1:${ports.port}`],
      sasl: sasl === null ? null : { brokers: [`127.0.0.1:${saslPort}`], ca, ...sasl },
      folder,
      get pid() {
        return broker.pid
      },
      restart: ({ signal = 'SIGTERM', downMs = 0 } = {}) => broker.restart(signal, downMs),
      signal: (name) => broker.signal(name),
      stop: () => broker.stop(),
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}
