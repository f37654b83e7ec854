// Delivers an outbox to a cluster, as `run` and `sink` do, in a process of its own, whose memory is its own. Ends when everything has
// arrived or was refused. Tells its parent what happened.
//   deliverer.mjs FOLDER URL NAMESPACE     the login as JSON on standard input
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ElasticsearchDestination } from '../../packages/alert-sink/dist/elasticsearch/index.js'
import { FileDisk, Forwarder, Outbox, SYSTEM_CLOCK } from '../../packages/pipeline/dist/index.js'

const [folder, url, namespace] = process.argv.slice(2)
const auth = JSON.parse(readFileSync(0, 'utf8'))
const told = { refused: [], retries: 0, reasons: new Set() }
const disk = new FileDisk()
const listener = {
  async refused(_name, { body }, reason) {
    const path = join(folder, 'refused')
    await disk.append(path, Buffer.from(`${body.sekisho?.alert?.id} ${reason}\n`))
    await disk.sync(path)
  },
  delivered() {},
  retried(_name, reason) {
    told.retries++
    told.reasons.add(reason.slice(0, 160))
    process.send?.({ retried: reason })
  },
}
const access = { urls: [url], auth, ca: null, caFingerprint: null, requestTimeoutMs: 4000 }
const tools = { clock: SYSTEM_CLOCK, random: Math.random, listener }
const destination = new ElasticsearchDestination({ name: 'cluster', access, namespace }, tools)
const outbox = await Outbox.open(disk, folder)
const forwarder = new Forwarder({
  disk,
  folder,
  outbox,
  destinations: [destination],
  clock: SYSTEM_CLOCK,
})
const forwarding = forwarder.run()
while (!(await forwarder.isDone())) await SYSTEM_CLOCK.sleep(20)
forwarder.stop()
await forwarding
await disk.close()
process.send?.({
  ended: true,
  retries: told.retries,
  reasons: [...told.reasons],
  rssBytes: process.resourceUsage().maxRSS * 1024,
})
process.disconnect?.()
