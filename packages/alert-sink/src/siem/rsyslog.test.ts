import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { SyslogDestination } from './syslog-destination.ts'
import { makeCertificates } from './testing/certificates.ts'
import { readCef, readLeef } from './testing/readers.ts'
import { recordingTools } from './testing/recording-tools.ts'
import { sampleDocuments } from './testing/sample-documents.ts'

const COUNT = 1000
const hasRsyslog = spawnSync('rsyslogd', ['-v']).status === 0
// Under CI it must be there: tests that were silently left out prove nothing.
const testWithRsyslog = hasRsyslog || process.env.CI === 'true' ? test : test.skip

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function configurationOf(folder: string, port: number): string {
  return `global(workDirectory="${folder}" defaultNetstreamDriver="gtls"
  defaultNetstreamDriverCAFile="${folder}/ca.crt" defaultNetstreamDriverCertFile="${folder}/server.crt"
  defaultNetstreamDriverKeyFile="${folder}/server.key")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="x509/certvalid")
template(name="payload" type="string" string="%syslogfacility%|%app-name%|%msgid%|%structured-data%|%msg%\\n")
input(type="imtcp" address="127.0.0.1" port="${port}")
action(type="omfile" file="${folder}/received" template="payload")
`
}

/** Settles when the file has so many lines. */
async function linesOf(folder: string, count: number): Promise<readonly string[]> {
  const path = join(folder, 'received')
  const lines = () => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [])
  for await (const _ of changesOf(folder)) if (lines().length >= count) break
  return lines()
}

async function* changesOf(folder: string): AsyncGenerator<void> {
  yield
  const watcher = watch(folder)
  try {
    for (;;) {
      await once(watcher, 'change', { signal: AbortSignal.timeout(20_000) })
      yield
    }
  } finally {
    watcher.close()
  }
}

testWithRsyslog.each(['cef', 'leef'] as const)(
  'rsyslog receives %s over TLS',
  async (payload) => {
    const folder = mkdtempSync(join(tmpdir(), 'sekisho-rsyslog-'))
    makeCertificates(folder)
    const port = await freePort()
    writeFileSync(join(folder, 'rsyslog.conf'), configurationOf(folder, port))
    const paths = ['-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')]
    const server = spawn('rsyslogd', ['-n', ...paths], { stdio: 'ignore' })
    const ended = once(server, 'exit')
    const text = (name: string) => readFileSync(join(folder, name), 'utf8')
    const tls = { ca: text('ca.crt'), certificate: text('client.crt'), key: text('client.key') }
    const address = { transport: 'tls', host: '127.0.0.1', port, tls } as const
    const settings = { name: 'rsyslog', hostname: 'sensor-1', payload, ...address }
    const destination = new SyslogDestination(settings, recordingTools())
    try {
      const documents = sampleDocuments(COUNT)
      await destination.deliver(documents, AbortSignal.timeout(40_000))
      const lines = await linesOf(folder, COUNT)
      const events = lines.map((line) => {
        const [, head, rest] = /^(13\|sekisho\|T1\|\[.*?\]\|) ?(.*)$/.exec(line) ?? []
        expect(head).toMatch(/alert="alert-\d+" state="final"/)
        return (payload === 'cef' ? readCef : readLeef)(rest as string)
      })
      const user = payload === 'cef' ? 'suser' : 'usrName'
      expect(events.map(({ fields }) => fields.get(user))).toEqual(
        documents.map((_, number) => `user ${number}`),
      )
    } finally {
      await destination.close()
      server.kill()
      await ended
      rmSync(folder, { recursive: true })
    }
  },
  60_000,
)
