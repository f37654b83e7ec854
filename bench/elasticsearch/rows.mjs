// Rows of the fault table: what goes wrong, and how it is mended. Each is given `{ proxy, node, admin, login, after, sleep, awayMs }`:
// `after(n)` settles when the n-th bulk request has come to the proxy.
import { TENANT } from './documents.mjs'

const LAST_WORDS = 'sekisho-alerts-*'

function whileBroken(proxy, fault, ms) {
  proxy.fault = fault
  return new Promise((resolve) =>
    setTimeout(() => {
      proxy.fault = null
      resolve()
    }, ms),
  )
}

/** So many bulk requests in turn go wrong. */
function broken(proxy, times, fault) {
  let left = times
  proxy.fault = (exchange) => {
    if (left-- > 0) fault(exchange)
    else {
      proxy.fault = null
      exchange.pass()
    }
  }
}

export const ROWS = [
  { name: 'nothing goes wrong', isCalm: true, async during() {} },
  {
    name: '503 from a balancer, 5 s',
    async during({ proxy, after }) {
      await after(2)
      await whileBroken(proxy, ({ answer }) => answer(503, '<html>no backend</html>'), 5000)
    },
  },
  {
    name: 'connections are cut',
    async during({ proxy, after, awayMs }) {
      await after(2)
      await whileBroken(proxy, ({ drop }) => drop(), awayMs)
    },
  },
  {
    name: 'server killed, away, and back',
    async during({ node, after, sleep, awayMs }) {
      await after(2)
      await node.end('SIGKILL')
      await sleep(awayMs)
      await node.start()
    },
  },
  {
    name: 'requests hang, three times',
    async during({ proxy, after }) {
      await after(2)
      broken(proxy, 3, ({ hang }) => hang())
    },
  },
  {
    name: 'answers are cut in the middle, five times',
    async during({ proxy }) {
      broken(proxy, 5, ({ pass }) =>
        pass((answer, bytes, response) => {
          response.writeHead(answer.statusCode, answer.headers)
          response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy())
        }),
      )
    },
  },
  {
    name: 'answers are lost, five times',
    async during({ proxy }) {
      broken(proxy, 5, ({ pass }) =>
        pass((_answer, _bytes, response) => response.socket?.destroy()),
      )
    },
  },
  {
    name: 'a proxy answers 200 with a page, three times',
    async during({ proxy }) {
      broken(proxy, 3, ({ answer }) => answer(200, '<html>log in first</html>'))
    },
  },
  {
    name: '413 for requests of more than 40 KB (compressed)',
    async during({ proxy }) {
      proxy.fault = ({ bytes, answer, pass }) => (bytes > 40 * 1024 ? answer(413) : pass())
    },
  },
  {
    name: '401: user unknown, then made',
    login: { username: 'late', password: 'late-secret' },
    before: ({ admin }) => admin.security.deleteUser({ username: 'late' }, { ignore: [404] }),
    async during({ admin, retried, stream }) {
      await retried(/ 401 /)
      await admin.security.putRole({ name: 'late', cluster: [], indices: writing(stream) })
      await admin.security.putUser({ username: 'late', password: 'late-secret', roles: ['late'] })
    },
  },
  {
    name: '403: may not write, then may',
    login: { username: 'late', password: 'late-secret' },
    async before({ admin }) {
      await admin.security.putRole({ name: 'late', cluster: [], indices: [] })
      await admin.security.putUser({ username: 'late', password: 'late-secret', roles: ['late'] })
    },
    async during({ admin, retried, stream }) {
      await retried(/ 403 /)
      await admin.security.putRole({ name: 'late', cluster: [], indices: writing(stream) })
    },
  },
  {
    name: 'a month is mapped otherwise: its last words are refused and kept',
    async before({ admin }) {
      const mappings = { properties: { rule: { type: 'keyword' } } }
      await admin.indices.create({ index: `sekisho-alerts-${TENANT}-2026.02`, mappings })
    },
    async during() {},
    isRefused: (body) => body['@timestamp'].startsWith('2026-02'),
  },
  {
    name: 'single documents are refused and kept',
    async during() {},
    poison: (body) => ({
      ...body,
      source: { ...body.source, geo: { location: { lat: 'none', lon: 1 } } },
    }),
  },
  {
    name: 'no room in memory for a request (indexing pressure 1 MB), and a queue of one',
    settings: {
      'indexing_pressure.memory.limit': '1mb',
      'thread_pool.write.size': 1,
      'thread_pool.write.queue_size': 1,
    },
    deliverers: 2,
    async during() {},
  },
  { name: 'two deliver the same at once', deliverers: 2, isCalm: true, async during() {} },
  {
    name: 'deliverer killed in the middle of a bulk, five times',
    isCalm: true,
    async during({ after, kill }) {
      for (let n = 1; n <= 5; n++) {
        await after(n)
        await kill()
      }
    },
  },
]

function writing(stream) {
  return [{ names: [LAST_WORDS, stream], privileges: ['write', 'auto_configure'] }]
}
