import { afterEach, describe, expect, test } from '@jest/globals'
import { clientOf } from './client.ts'
import { deleteBefore, monthsBefore } from './months.ts'
import { scriptedServer } from './testing/scripted-server.ts'

const open: { stop(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.stop()))
})

/** A server that has these indices, whatever is asked for. */
async function serverWith(names: readonly string[]) {
  const server = await scriptedServer(({ method }) => ({
    status: 200,
    body: method === 'GET' ? Object.fromEntries(names.map((name) => [name, {}])) : {},
  }))
  const access = { urls: [server.url], auth: null, ca: null, caFingerprint: null }
  const client = clientOf({ ...access, requestTimeoutMs: 5000 })
  open.push({
    stop: async () => {
      await client.close()
      await server.stop()
    },
  })
  const deleted = () =>
    server.seen.filter(({ method }) => method === 'DELETE').map(({ path }) => path)
  return { client, deleted, seen: server.seen }
}

describe('deleteBefore', () => {
  test('asks for each earlier month by its whole name', async () => {
    const { client, deleted } = await serverWith([
      ...['sekisho-alerts-b-2026.02', 'sekisho-alerts-a__00112233aabbccdd-2025.12'],
      'sekisho-alerts-b-2026.03',
    ])
    const names = ['sekisho-alerts-a__00112233aabbccdd-2025.12', 'sekisho-alerts-b-2026.02']
    expect(await monthsBefore(client, '2026-03')).toEqual(names)
    expect(deleted()).toEqual([])
    expect(await deleteBefore(client, '2026-03')).toEqual(names)
    expect(deleted()).toEqual(names.map((name) => `/${name}`))
  })

  test.each([
    'sekisho-alerts-2025.01',
    'sekisho-alerts-a-b-2025.01',
    'sekisho-alerts-a-2025.01.02',
    'sekisho-alerts-a-2025.01-000001',
    'xsekisho-alerts-a-2025.01',
    '.ds-logs-sekisho.alert-default-2025.01.01-000001',
    'logs-other-2025.01',
  ])('leaves %s alone', async (name) => {
    const { client, deleted } = await serverWith([name])
    expect(await deleteBefore(client, '2026-03')).toEqual([])
    expect(deleted()).toEqual([])
  })

  test.each(['2026-13', '2026-00', '2026-3', '2026.03', '2026-03-01', '*', ''])(
    '%j is no month, and nothing is asked',
    async (month) => {
      const { client, seen } = await serverWith(['sekisho-alerts-b-2026.02'])
      await expect(deleteBefore(client, month)).rejects.toThrow(RangeError)
      expect(seen).toEqual([])
    },
  )
})
