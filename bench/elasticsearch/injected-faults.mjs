// Faults that the proxy makes.
import { gunzipSync } from 'node:zlib'

/** So many bulk requests in turn go wrong, from the third one on. */
async function broken({ proxy, after }, times, fault) {
  await after(2)
  let left = times
  await new Promise((resolve) => {
    proxy.fault = (exchange) => {
      fault(exchange)
      if (--left > 0) return
      proxy.mend()
      resolve()
    }
  })
}

/** Every bulk request goes wrong for a while. */
async function brokenFor({ proxy, after, sleep }, ms, fault) {
  await after(2)
  proxy.fault = fault
  await sleep(ms)
  proxy.mend()
}

/** Says of every other item that there was no room for it, although it was written. */
function halfFull(answer, bytes, response) {
  const isCompressed = answer.headers['content-encoding'] === 'gzip'
  const told = JSON.parse(isCompressed ? gunzipSync(bytes) : bytes)
  const error = { type: 'es_rejected_execution_exception', reason: 'rejected execution' }
  for (const [index, item] of told.items.entries()) {
    const [action] = Object.keys(item)
    if (index % 2 === 0) item[action] = { ...item[action], status: 429, error }
  }
  const { 'content-length': _length, 'content-encoding': _encoding, ...headers } = answer.headers
  response.writeHead(200, headers).end(JSON.stringify({ ...told, errors: true }))
}

function cutInTheMiddle(answer, bytes, response) {
  response.writeHead(answer.statusCode, answer.headers)
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy())
}

/** A batch of 500 documents has about ten times as many when it is compressed. */
const LARGEST_BYTES = 20 * 1024

/** @param recovery of what is only tried again */
export function injected(recovery) {
  return [
    {
      name: '503 from a balancer, 2 s',
      recovery,
      during: (context) =>
        brokenFor(context, 2000, ({ answer }) => answer(503, '<html>no backend</html>')),
    },
    {
      name: '429 from a balancer, 2 s',
      recovery: 'tried again with back-off, in halves',
      during: (context) => brokenFor(context, 2000, ({ answer }) => answer(429)),
    },
    {
      name: '429 for every other item although it was written, five times',
      recovery: 'sent again; ids and versions make it harmless',
      during: (context) => broken(context, 5, ({ pass }) => pass(halfFull)),
    },
    {
      name: 'server away (every connection is cut)',
      recovery,
      during: (context) => brokenFor(context, context.awayMs, ({ drop }) => drop()),
    },
    {
      name: 'requests hang, twice (time-out 4 s)',
      recovery: 'given up after the time-out and sent again',
      during: (context) => broken(context, 2, ({ hang }) => hang()),
    },
    {
      name: 'answers are cut in the middle, five times',
      recovery: 'sent again; ids and versions make it harmless',
      during: (context) => broken(context, 5, ({ pass }) => pass(cutInTheMiddle)),
    },
    {
      name: 'answers are lost, five times',
      recovery: 'sent again; ids and versions make it harmless',
      during: (context) =>
        broken(context, 5, ({ pass }) => pass((_answer, _bytes, { socket }) => socket?.destroy())),
    },
    {
      name: 'a proxy answers 200 with a page, three times',
      recovery,
      during: (context) =>
        broken(context, 3, ({ answer }) => answer(200, '<html>log in first</html>')),
    },
    {
      name: `413 for requests of more than ${LARGEST_BYTES / 1024} KB (compressed)`,
      recovery: 'requests are halved until they are taken',
      async during({ proxy }) {
        proxy.fault = ({ bytes, answer, pass }) => (bytes > LARGEST_BYTES ? answer(413) : pass())
      },
    },
  ]
}
