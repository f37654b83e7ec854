// Lines through ingest, two scorers and a sink over a real broker while processes are killed (SIGKILL, at random times and at named
// points of the protocol), one is stopped for longer than its session and then goes on (a zombie), and the broker is restarted.
// In the end the files of the sink must say what a replay of the same lines says, word for word (tools/compare-alerts.mjs).

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { differencesOf, differencesText, isSame } from '../../tools/compare-alerts.mjs'
import { startKafka } from '../../tools/kafka/broker-process.mjs'
import { writeCorpus } from '../corpus.mjs'
import { BIN, randomOf, ServiceProcess, sleep } from './service-process.mjs'

/** Points at which scorers, ingest and sink are killed, and how often each is passed before. */
const SCORER_POINTS = [
  'assigned',
  'fenced',
  'restoring',
  'restored',
  'before-commit',
  'after-commit',
  'revoked',
]
const WRITER_POINTS = ['before-write', 'after-write']

/**
 * @param lines of the corpus
 * @param kills at least so many processes are killed
 * @returns what was done and what came of it
 */
export async function killedRun({
  lines,
  kills,
  seed,
  zombieMs,
  brokerRestarts,
  partitions,
  settleMs,
  log,
}) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-kills-'))
  const random = randomOf(seed)
  const corpus = join(folder, 'corpus.log')
  writeCorpus(corpus, lines, 'vpn')
  const expected = replayed(folder, corpus)
  const kafka = await startKafka({ heapMb: 512 })
  const done = { kills: {}, zombies: 0, brokerRestarts: 0, seconds: 0 }
  const services = {}
  try {
    writeConfig(folder, kafka.brokers, partitions)
    const setUp = spawnSync(process.execPath, [BIN, 'setup', 'kafka'], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (setUp.status !== 0) throw new Error(`setup kafka: ${setUp.stderr}`)
    services.sink = new ServiceProcess('sink', ['sink', '--state-folder', 'state-sink'], folder)
    services.scorer1 = new ServiceProcess('scorer1', ['score', '--state-folder', 'state-1'], folder)
    services.scorer2 = new ServiceProcess('scorer2', ['score', '--state-folder', 'state-2'], folder)
    services.ingest = new ServiceProcess(
      'ingest',
      ['ingest', corpus, '--state-folder', 'state-ingest'],
      folder,
    )
    const startMs = Date.now()
    for (const service of Object.values(services)) service.start()
    const faults = scheduleOf({ kills, zombieMs, brokerRestarts }, random)
    for (const fault of faults) {
      await sleep(300 + random() * 1500)
      await inflict(fault, services, kafka, done, log)
      revive(Object.values(services))
    }
    await settled({
      services: Object.values(services),
      isRead: () => services.ingest.exitCode === 0,
      ...{ expected, folder, settleMs },
    })
    done.seconds = Math.round((Date.now() - startMs) / 1000)
    for (const service of Object.values(services)) {
      done.kills[service.name] = service.kills
      const code = await service.stop()
      if (code !== 0) throw new Error(`${service.name} ended with ${code}`)
    }
    return await compared(expected, folder, done)
  } finally {
    for (const service of Object.values(services)) service.signal('SIGKILL')
    await kafka.stop()
  }
}

/** What a replay says, alerts and signals together. */
export function replayed(folder, corpus) {
  const out = join(folder, 'replay.ndjson')
  const signals = join(folder, 'replay-signals.ndjson')
  const args = ['replay', corpus, '--out', out, '--signals', signals, '--progress', 'never']
  const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`replay: ${stderr}`)
  const both = join(folder, 'expected.ndjson')
  writeFileSync(both, Buffer.concat([readFileSync(out), readFileSync(signals)]))
  return both
}

function outputs(folder) {
  return [join(folder, 'alerts.ndjson'), join(folder, 'signals.ndjson')]
}

function writeConfig(folder, brokers, partitions) {
  writeFileSync(
    join(folder, 'sekisho.yaml'),
    [
      'kafka:',
      `  brokers: [${brokers.join(', ')}]`,
      `  partitions: ${partitions}`,
      '  replicationFactor: 1',
      'outputs:',
      '  - { type: file, path: alerts.ndjson }',
      'signals: signals.ndjson',
      'http: false',
      'log: { format: text }',
      '',
    ].join('\n'),
  )
}

function scheduleOf({ kills, zombieMs, brokerRestarts }, random) {
  const faults = []
  for (let i = 0; i < kills; i++) {
    const isNamed = i % 2 === 0
    const name = ['scorer1', 'scorer2', 'ingest', 'scorer1', 'sink', 'scorer2'][i % 6]
    faults.push({ kind: isNamed ? 'point' : 'kill', name, number: i })
  }
  const at = () => Math.floor(random() * faults.length)
  for (let i = 0; i < brokerRestarts; i++) faults.splice(at(), 0, { kind: 'broker' })
  if (zombieMs > 0) faults.splice(Math.floor(faults.length / 2), 0, { kind: 'zombie', zombieMs })
  return faults
}

async function inflict(fault, services, kafka, done, log) {
  log(JSON.stringify(fault))
  if (fault.kind === 'broker') {
    await kafka.restart({
      signal: done.brokerRestarts % 2 === 0 ? 'SIGTERM' : 'SIGKILL',
      downMs: 500,
    })
    done.brokerRestarts++
  } else if (fault.kind === 'zombie') {
    services.scorer1.signal('SIGSTOP')
    await sleep(fault.zombieMs)
    services.scorer1.signal('SIGCONT')
    done.zombies++
  } else {
    const service = services[fault.name]
    if (service.exitCode === 0) return
    service.signal('SIGKILL')
    while (service.isRunning) await sleep(10)
    const points = fault.name.startsWith('scorer') ? SCORER_POINTS : WRITER_POINTS
    const point = points[Math.floor(fault.number / 2) % points.length]
    if (fault.kind === 'point') service.start(`${point}:${1 + (fault.number % 5)}`)
  }
}

/** Starts again what was killed. */
function revive(services) {
  for (const service of services) if (service.isDown) service.start()
}

/** Waits until everything has been said, or too long. @param isRead whether everything has been read */
export async function settled({ services, isRead = () => true, expected, folder, settleMs }) {
  const startMs = Date.now()
  while (Date.now() - startMs < settleMs) {
    await sleep(1000)
    revive(services)
    if (!isRead()) continue
    const differences = await differencesOf(expected, outputs(folder))
    if (differences.lost.length === 0 && differences.open.length === 0) return
  }
}

/** What the files of a folder say, held against a replay. */
export async function compared(expected, folder, done) {
  const differences = await differencesOf(expected, outputs(folder))
  const text = differencesText(differences)
  return { differences, text, isSame: isSame(differences), done, folder }
}

/** Prints the result of a run, and keeps its folder when something differs. Sets the exit code. */
export function report(result) {
  console.log(result.text)
  console.log(JSON.stringify(result.done))
  if (result.isSame) removed(result.folder)
  else console.log(`what was found is in ${result.folder}`)
  process.exitCode = result.isSame ? 0 : 1
}

export function removed(folder) {
  rmSync(folder, { recursive: true, force: true })
}
