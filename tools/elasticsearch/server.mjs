// An Elasticsearch node to try things with, as the tests have it: security on, and no data once it is stopped.
//
//   node tools/elasticsearch/server.mjs start [PORT]   starts it in the background (port 9200 by default), shows the password
//   node tools/elasticsearch/server.mjs stop           stops it and removes its data
//
// Needs a JDK 21 or newer and, the first time, Maven, which fetches the node into .cache/elasticsearch.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './distribution.mjs'
import { startElasticsearch } from './node-process.mjs'

const DEFAULT_PORT = 9200

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
    console.log(`already running at ${already.url}, process ${already.pid}`)
    return
  }
  const { url, password, pid, folder } = await startElasticsearch({ port, isDetached: true })
  writeFileSync(stateFile(), JSON.stringify({ url, pid, folder }))
  console.log(`Elasticsearch serves at ${url}, process ${pid}, data in ${folder}`)
  console.log(`user elastic, password ${password}`)
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
  console.error('usage: node tools/elasticsearch/server.mjs start [PORT] | stop')
  process.exitCode = 2
}
