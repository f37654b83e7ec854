// Delivers an outbox to a cluster, as `run` and `sink` do, in a process of its own, whose memory is its own. Ends when everything has
// arrived or was refused. Tells its parent what happened.
//   deliverer.mjs FOLDER URL NAMESPACE     the login as JSON on standard input
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ElasticsearchDestination } from '../../packages/alert-sink/dist/elasticsearch/index.js'
import { FileDisk, Forwarder, Outbox, SYSTEM_CLOCK } from '../../packages/pipeline/dist/index.js'

const REQUEST_TIMEOUT_MS = 4000
const MEMORY_SAMPLE_MS = 20
const DONE_POLL_MS = 200

const [folder, url, namespace] = process.argv.slice(2)
const auth = JSON.parse(readFileSync(0, 'utf8'))
process.on('disconnect', () => process.exit(1))
sampleMemory()
const disk = new FileDisk()
const listener = {
  async refused(_name, { body }, reason) {
    const { id, version } = body.sekisho.alert
    const path = join(folder, 'refused')
    await disk.append(path, Buffer.from(`${id} ${version} ${reason}\n`))
    await disk.sync(path)
  },
  delivered() {},
  retried(_name, reason) {
    process.send({ retried: reason })
  },
}
const access = {
  ...{ urls: [url], auth, ca: null, caFingerprint: null },
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
}
const tools = { clock: SYSTEM_CLOCK, random: Math.random, listener }
const destination = new ElasticsearchDestination({ name: 'cluster', access, namespace }, tools)
const outbox = await Outbox.open(disk, folder)
const forwarder = new Forwarder({
  ...{ disk, folder, outbox, destinations: [destination] },
  clock: SYSTEM_CLOCK,
})
const forwarding = forwarder.run()
while (!(await forwarder.isDone())) await SYSTEM_CLOCK.sleep(DONE_POLL_MS)
forwarder.stop()
await forwarding
await disk.close()
process.removeAllListeners('disconnect')
process.send({ hasEnded: true })
process.disconnect()

/** The operating system's own peak would include what the parent had in memory when it forked. */
function sampleMemory() {
  let peakBytes = 0
  const sample = () => {
    const bytes = process.memoryUsage.rss()
    if (bytes <= peakBytes || !process.connected) return
    peakBytes = bytes
    process.send({ rssBytes: bytes })
  }
  setInterval(sample, MEMORY_SAMPLE_MS).unref()
}
