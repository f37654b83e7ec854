// Rows of the fault table: what goes wrong while documents are delivered, and how it is mended. Each is given the context that
// fault-run.mjs makes; what it says in `recovery` is what the table tells of it. Nobody hears of a fault that `isQuiet`.
import { injected } from './injected-faults.mjs'
import { mended } from './mended-faults.mjs'

const TEMPORARY = 'tried again with back-off until it is answered'

/** The server takes no document that has no place on earth. */
const NOWHERE = { lat: 'none', lon: 1 }

/** What the memory of the others is compared with. */
export const CALM_ROW = { name: 'nothing goes wrong', recovery: '', async during() {} }

export const ROWS = [
  ...injected(TEMPORARY),
  ...mended(TEMPORARY),
  {
    name: 'server killed (connections refused) and started again',
    recovery: TEMPORARY,
    async during({ proxy, node, after, sleep }) {
      await after(2)
      await node.end('SIGKILL')
      await sleep(3000)
      await node.start()
      proxy.mend()
    },
  },
  {
    name: 'a month is mapped otherwise (mapping conflict)',
    recovery: 'last words of the month to dead letters; entries of the stream arrive',
    async before({ admin, monthIndex }) {
      const mappings = { properties: { rule: { type: 'keyword' } } }
      await admin.indices.create({ index: monthIndex('2026.02'), mappings })
    },
    isTaken: ({ sekisho }, target) =>
      target === 'material' || !sekisho.alert.day.startsWith('2026-02'),
    async during() {},
  },
  {
    name: 'one document of a hundred is poison',
    recovery: 'poison to dead letters, the rest of its request arrives',
    poison: (body, number) =>
      number % 100 === 7
        ? { ...body, source: { ...body.source, geo: { location: NOWHERE } } }
        : body,
    isTaken: ({ source }) => source.geo?.location?.lat !== NOWHERE.lat,
    async during() {},
  },
  {
    name: 'deliverer killed with SIGKILL in the middle of a bulk, five times',
    recovery:
      'goes on behind the last batch that was noted; ids and versions make the rest harmless',
    async during({ proxy, after, kill, random, sleep }) {
      for (let n = 0; n < 5; n++) {
        await after(1)
        await sleep(random() * 150)
        kill()
        proxy.mend()
      }
    },
  },
  {
    name: 'two deliver the same at once',
    isQuiet: true,
    deliverers: 2,
    recovery: 'the second finds it there (409) and goes on',
    async during() {},
  },
  {
    name: '429 for whole requests: indexing_pressure.memory.limit 2 MB',
    settings: { 'indexing_pressure.memory.limit': '2mb' },
    recovery: 'requests are halved until there is room',
    async during() {},
  },
  {
    name: '429 for single items: one writing thread, a queue of one, two deliverers',
    settings: { 'thread_pool.write.size': 1, 'thread_pool.write.queue_size': 1 },
    deliverers: 2,
    recovery: 'what was refused is sent again with back-off',
    async during() {},
  },
]
