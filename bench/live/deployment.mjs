// Sekisho over a real broker of its own, in a folder of its own, for what measures it from outside.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kafkaBroker } from '../../packages/bus/dist/kafka/index.js'
import { topicsOf } from '../../packages/pipeline/dist/index.js'
import { startKafka } from '../../tools/kafka/broker-process.mjs'
import { BIN, ServiceProcess, sleep } from './service-process.mjs'
import { StageProgress } from './stage-progress.mjs'

/** Topic of raw lines that `ingest` reads when it is started without a path. */
export const LINES_TOPIC = 'raw.lines'

export class Deployment {
  folder
  /** Names of the topics between the services (packages/pipeline/src/topics.ts). */
  topics
  /** The bench's own way to the broker. */
  broker
  #kafka
  #services = []
  #endAll = () => {
    for (const service of this.#services) service.signal('SIGKILL')
  }

  /** @param linePartitions of the topic of raw lines; 0: there is none */
  static async started({ partitions, linePartitions = 0 }) {
    const deployment = new Deployment()
    // Whoever ends the bench ends what it started.
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, exit)
    process.once('exit', deployment.#endAll)
    deployment.folder = mkdtempSync(join(tmpdir(), 'sekisho-bench-'))
    try {
      deployment.#kafka = await startKafka({ heapMb: 768 })
      deployment.broker = kafkaBroker({ brokers: deployment.#kafka.brokers, clientId: 'bench' })
      await deployment.#setUp(partitions, linePartitions)
      return deployment
    } catch (error) {
      await deployment.stop()
      throw error
    }
  }

  async #setUp(partitions, linePartitions) {
    this.topics = topicsOf('sekisho')
    const sources = `sources: [{ type: kafka, name: lines, topic: ${LINES_TOPIC} }]`
    const text = [
      'kafka:',
      `  brokers: [${this.#kafka.brokers.join(', ')}]`,
      `  partitions: ${partitions}`,
      '  replicationFactor: 1',
      ...(linePartitions > 0 ? [sources] : []),
      'http: false',
      'log: { format: text }',
      '',
    ]
    writeFileSync(join(this.folder, 'sekisho.yaml'), text.join('\n'))
    if (linePartitions > 0) {
      const config = { 'cleanup.policy': 'delete' }
      await this.broker.create([
        { topic: LINES_TOPIC, partitions: linePartitions, replicationFactor: 1, config },
      ])
    }
    this.run(['setup', 'kafka'])
  }

  /** Runs a command to its end. @throws Error when it fails */
  run(args) {
    const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    if (status !== 0) throw new Error(`sekisho ${args.join(' ')}: ${stderr}`)
  }

  /** Starts a service with a state folder of its own; its log is `NAME.log`. */
  service(name, args) {
    const service = new ServiceProcess(
      name,
      [...args, '--state-folder', `state-${name}`],
      this.folder,
    )
    this.#services.push(service)
    service.start()
    return service
  }

  /** Starts the first scorers, and returns when every partition of both stages has an owner that reads. */
  async readyScorers(count, partitions) {
    const user = await StageProgress.read(this, 'user', partitions)
    const network = await StageProgress.read(this, 'network', partitions)
    const scorers = Array.from({ length: count }, (_, i) => this.service(`score-${i}`, ['score']))
    const isReady = () => user.hasBegun && network.hasBegun
    await until(isReady, { what: 'the start', limitMs: 60_000, services: scorers })
    await user.close()
    await network.close()
    return scorers
  }

  async stop() {
    this.#endAll()
    process.off('exit', this.#endAll)
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, exit)
    await this.broker?.close()
    await this.#kafka?.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Runs what is to be done at the end of the process, which a signal alone does not. */
export function exit() {
  process.exit(1)
}

/** Asks again and again. @throws Error when a service has ended meanwhile, or after `limitMs` */
export async function until(isDone, { what, limitMs, services = [] }) {
  const endMs = performance.now() + limitMs
  while (!(await isDone())) {
    const gone = services.find(({ isRunning }) => !isRunning)
    if (gone !== undefined) throw new Error(`${gone.name} has ended (${gone.exitCode})`)
    if (performance.now() > endMs) throw new Error(`${what} took more than ${limitMs / 1000} s`)
    await sleep(20)
  }
}
