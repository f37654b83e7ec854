// A Kafka broker to try things with, as the tests have it: no security, and no data once it is stopped.
//
//   node tools/kafka/server.mjs start [PORT]   starts it in the background (port 9092 by default)
//   node tools/kafka/server.mjs stop           stops it and removes its data
//
// Needs Java 17 or later and, the first time, Maven, which fetches the broker into .cache/kafka.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startKafka } from './broker-process.mjs'
import { cacheFolder } from './jars.mjs'

const DEFAULT_PORT = 9092

function stateFile() {
  return join(cacheFolder(), 'running.json')
}

/** What `start` left, or null when nothing runs. */
function running() {
  try {
    const state = JSON.parse(readFileSync(stateFile(), 'utf8'))
    process.kill(state.pid, 0)
    return state
  } catch {
    return null
  }
}

async function start(port) {
  const already = running()
  if (already !== null) {
    console.log(`already running at ${already.brokers[0]}, process ${already.pid}`)
    return
  }
  const { brokers, pid, folder } = await startKafka({ port, isDetached: true })
  writeFileSync(stateFile(), JSON.stringify({ brokers, pid, folder }))
  console.log(`Kafka serves at ${brokers[0]}, process ${pid}, data in ${folder}`)
}

function stop() {
  const state = running()
  if (state === null) {
    console.log('nothing is running')
    return
  }
  process.kill(state.pid, 'SIGKILL')
  rmSync(state.folder, { recursive: true, force: true })
  rmSync(stateFile(), { force: true })
  console.log(`stopped process ${state.pid}`)
}

const [command, port] = process.argv.slice(2)
if (command === 'start') await start(Number(port ?? DEFAULT_PORT))
else if (command === 'stop') stop()
else {
  console.error('usage: node tools/kafka/server.mjs start [PORT] | stop')
  process.exitCode = 2
}
