import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Broker, TopicSpec } from '@sekisho/bus'
import { setUpTopics } from '@sekisho/pipeline'
import { commandLineOf } from './command-line.ts'
import { COMMANDS } from './commands.ts'
import { metricsOf } from './service/metrics.ts'
import { PROJECT } from './testing/sekisho.ts'

const PAGE = join(PROJECT, 'docs', 'operations.md')
const UNITS = join(PROJECT, 'deploy', 'systemd')

const page = readFileSync(PAGE, 'utf8')

/** What each unit has of its own. */
const SERVICES = [
  { unit: 'sekisho-run.service', command: 'run', hasFolder: true },
  { unit: 'sekisho-ingest.service', command: 'ingest', hasFolder: true },
  { unit: 'sekisho-score@.service', command: 'score', hasFolder: false },
  { unit: 'sekisho-sink.service', command: 'sink', hasFolder: true },
]

/** What every unit has, each line as it stands. */
const DIRECTIVES = [
  'Type=exec',
  'StartLimitIntervalSec=0',
  'User=sekisho',
  'UMask=0027',
  'KillMode=mixed',
  'TimeoutStopSec=15s',
  'Restart=on-failure',
  'RestartSec=5s',
  'LimitCORE=0',
  'CapabilityBoundingSet=',
  'AmbientCapabilities=',
  'NoNewPrivileges=yes',
  'ProtectSystem=strict',
  'ProtectHome=yes',
  'PrivateTmp=yes',
  'PrivateDevices=yes',
  'PrivateUsers=yes',
  'ProtectProc=invisible',
  'ProtectKernelTunables=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelLogs=yes',
  'ProtectControlGroups=yes',
  'ProtectClock=yes',
  'ProtectHostname=yes',
  'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'LockPersonality=yes',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service',
  'SystemCallFilter=~@privileged @resources',
]

function linesOf(name: string): string[] {
  return readFileSync(join(UNITS, name), 'utf8').split('\n')
}

/** From the comment above the hardening to the next section. */
function hardeningOf(unit: string): string {
  const lines = linesOf(unit)
  return lines.slice(lines.indexOf('User=sekisho'), lines.indexOf('[Install]')).join('\n')
}

describe('deploy/systemd', () => {
  test('has these units and no other', () => {
    const units = readdirSync(UNITS).filter((name) => name.endsWith('.service'))
    expect(units.sort()).toStrictEqual(SERVICES.map(({ unit }) => unit).sort())
  })

  test.each(SERVICES)('$unit is hardened', ({ unit }) => {
    expect(linesOf(unit)).toEqual(expect.arrayContaining(DIRECTIVES))
  })

  test.each(SERVICES)('$unit lets V8 compile', ({ unit }) => {
    expect(linesOf(unit).filter((line) => line.startsWith('MemoryDenyWriteExecute'))).toEqual([])
  })

  test.each(SERVICES)('$unit is hardened as the others are', ({ unit }) => {
    expect(hardeningOf(unit)).toBe(hardeningOf('sekisho-run.service'))
  })

  test.each(SERVICES)('$unit has a limit of memory', ({ unit }) => {
    expect(linesOf(unit).filter((line) => /^MemoryMax=\d+[MG]$/.test(line))).toHaveLength(1)
  })

  test.each(SERVICES)('$unit has a folder only if it keeps something', ({ unit, hasFolder }) => {
    expect(linesOf(unit).includes('StateDirectory=sekisho')).toBe(hasFolder)
  })

  test.each(SERVICES)('$unit starts a command that there is', async ({ unit, command }) => {
    const starts = linesOf(unit).filter((line) => line.startsWith('ExecStart='))
    expect(starts).toHaveLength(1)
    const [node, program = '', ...args] = (starts[0] ?? '').slice('ExecStart='.length).split(' ')
    expect(node).toBe('/opt/sekisho/node_modules/node/bin/node')
    expect(existsSync(program.replace('/opt/sekisho', PROJECT))).toBe(true)
    const line = await commandLineOf(args, COMMANDS, '0')
    expect(line).toMatchObject({ kind: 'run', command: { name: command }, operands: [] })
  })

  test('a port below 1024 needs one capability and no namespace of users', () => {
    const lines = linesOf(join('drop-ins', 'port-514.conf'))
    expect(lines).toEqual(
      expect.arrayContaining([
        'CapabilityBoundingSet=CAP_NET_BIND_SERVICE',
        'AmbientCapabilities=CAP_NET_BIND_SERVICE',
        'PrivateUsers=no',
      ]),
    )
  })

  test('the password is a credential, and the variable that names it is known', () => {
    const lines = linesOf(join('drop-ins', 'kafka-password.conf'))
    const [load = ''] = lines.filter((line) => line.startsWith('LoadCredential='))
    const [name] = load.slice('LoadCredential='.length).split(':')
    expect(lines).toContain(`Environment=SEKISHO_KAFKA_SASL_PASSWORD_FILE=%d/${name}`)
    const configuration = readFileSync(join(PROJECT, 'docs', 'configuration.md'), 'utf8')
    expect(configuration).toContain('`SEKISHO_KAFKA_SASL_PASSWORD_FILE`')
  })
})

/** Words after `sekisho` up to the end of the command: in blocks a line, elsewhere what stands between backticks. */
function commandsIn(text: string): string[] {
  const fenced = /^```(\w*)\n(.*?)^```$/gms
  const blocks = [...text.matchAll(fenced)].flatMap(([, language, block = '']) =>
    language === '' ? block.split('\n') : [],
  )
  const spans = [...text.replaceAll(fenced, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, span = '']) => span,
  )
  return [...blocks, ...spans]
    .flatMap((line) => line.replace(/\s#.*/, '').split(' | '))
    .flatMap((line) => /^sekisho (.+)$/.exec(line.trim())?.[1] ?? [])
}

const commands = commandsIn(page)

describe('docs/operations.md', () => {
  test('is looked at as a whole', () => {
    expect(commands.length).toBeGreaterThan(10)
    expect(commands).toContain('deadletters list')
  })

  test.each(commands)('sekisho %s is a command line', async (text) => {
    expect(await commandLineOf(text.split(/\s+/), COMMANDS, '0')).toMatchObject({ kind: 'run' })
  })

  const documents = ['docs/operations.md'].concat(
    readdirSync(join(PROJECT, 'docs', 'decisions'))
      .filter((name) => /^001[56]/.test(name))
      .map((name) => `docs/decisions/${name}`),
  )

  test.each(documents)('links of %s lead somewhere', (document) => {
    const folder = dirname(join(PROJECT, document))
    const text = readFileSync(join(PROJECT, document), 'utf8')
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
    const broken = links.filter((link) => {
      const [path = '', heading] = link.split('#')
      const target = path === '' ? join(PROJECT, document) : join(folder, path)
      if (!existsSync(target)) return true
      return heading !== undefined && !headingsOf(readFileSync(target, 'utf8')).includes(heading)
    })
    expect(broken).toStrictEqual([])
  })

  test('names no metric that there is not', async () => {
    const known = await metricsOf('run', '0', () => 0).text()
    const families = [...known.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
    const named = [...page.matchAll(/sekisho_[a-z_]+/g)].map(([name]) => name)
    expect(named.length).toBeGreaterThan(10)
    const unknown = named.filter((name) => !families.includes(name.replace(/_bucket$/, '')))
    expect(unknown).toStrictEqual([])
  })

  test('has every topic as setup makes it', async () => {
    const rows = new Map(
      [...page.matchAll(/^\| `PREFIX(\.[a-z.-]+)` \|([^\n]*)\|$/gm)].map(
        ([, name = '', cells = '']) => [name, cells.split('|').map((cell) => cell.trim())] as const,
      ),
    )
    const partitions = 12
    const specs = await topicsMade(partitions)
    expect([...rows.keys()].sort()).toStrictEqual(specs.map(({ topic }) => topic).sort())
    for (const { topic, config, ...spec } of specs) {
      const retentionMs = config['retention.ms']
      const days =
        retentionMs === undefined ? 'for ever' : `${Number(retentionMs) / 86_400_000} days`
      const [, count, cleanup, retention] = rows.get(topic) ?? []
      expect({ topic, count, cleanup, retention }).toStrictEqual({
        topic,
        count: spec.partitions === partitions ? 'P' : String(spec.partitions),
        cleanup: config['cleanup.policy']?.replace(',', ', '),
        retention: days,
      })
    }
  })
})

/** What `sekisho setup kafka` asks of a broker that has nothing. */
async function topicsMade(partitions: number): Promise<TopicSpec[]> {
  const made: TopicSpec[] = []
  const broker: Pick<Broker, 'describe' | 'create'> = {
    describe: async () => new Map(),
    create: async (specs) => {
      made.push(...specs)
    },
  }
  await setUpTopics(broker as Broker, { prefix: '', partitions, replicationFactor: 3 })
  return made
}

/** Anchors of a page's headings, as code hosts make them. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )
}
