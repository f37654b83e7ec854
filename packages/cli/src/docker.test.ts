import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { commandLineOf } from './command-line.ts'
import { COMMANDS } from './commands.ts'
import { ran } from './testing/fake-io.ts'
import { PROJECT } from './testing/sekisho.ts'

interface Service {
  readonly image: string
  readonly command?: readonly string[]
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly user?: string
  readonly mem_limit?: string
  readonly healthcheck?: object
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const file = (name: string): string => readFileSync(join(PROJECT, 'docker', name), 'utf8')

const { services, volumes } = parse(file('compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}
const all = Object.entries(services)
const ours = all.filter(([, { image }]) => image.startsWith('sekisho:'))
const servers = ['kafka', 'elasticsearch', 'kibana']
const stages = ['ingest', 'score', 'sink']

describe('docker/', () => {
  test('has Kafka, Elasticsearch, Kibana and the three services', () => {
    expect(Object.keys(services)).toEqual(expect.arrayContaining([...servers, ...stages]))
  })

  test.each(all)('%s: its image has a version, and it gains no privileges', (_name, service) => {
    expect(service.image).toMatch(/:\d+\.\d+\.\d+$/)
    const isOnce = service.user !== undefined || service.command !== undefined
    const isSafe = service.security_opt?.includes('no-new-privileges:true') === true
    expect(isSafe || isOnce).toBe(true)
  })

  test.each(ours)(
    '%s: can write nothing but its volumes, and has no capability',
    (_name, service) => {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
      expect(service.user).toBeUndefined()
    },
  )

  test.each(servers)(
    '%s: has a health check, a limit of memory and its own volume or none',
    (name) => {
      expect(services[name]?.healthcheck).toBeDefined()
      expect(services[name]?.mem_limit).toMatch(/^\dg$/)
    },
  )

  test('what depends on another waits for its health or its end', () => {
    for (const [, { depends_on = {} }] of all) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const isServer = services[other]?.healthcheck !== undefined
        expect([other, condition]).toEqual([
          other,
          isServer ? 'service_healthy' : 'service_completed_successfully',
        ])
      }
    }
  })

  test('every named volume is declared, and nothing but Kibana is reached from this machine alone', () => {
    const named = all.flatMap(([, service]) =>
      (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? ''),
    )
    const declared = Object.keys(volumes)
    for (const name of named.filter((name) => !name.startsWith('.'))) {
      expect(declared).toContain(name)
    }
    expect(services.kibana?.ports).toEqual(['127.0.0.1:5601:5601'])
    for (const name of ['kafka', 'elasticsearch']) expect(services[name]?.ports).toBeUndefined()
  })

  test('no secret stands in it', () => {
    for (const [, { environment = {} }] of all) {
      for (const [name, value] of Object.entries(environment)) {
        if (/PASSWORD|ENCRYPTION/.test(name)) expect(value).toMatch(/^\$\{[A-Z_]+(:\?[^}]+)?\}$/)
      }
    }
  })

  const lines = ours.flatMap(([name, { command = [] }]) =>
    command.length > 1 ? [[name, command] as const] : [],
  )

  test.each(lines)('%s: the program takes its command line', async (_name, command) => {
    const line = await commandLineOf(command, COMMANDS, '0')
    expect(line.kind).toBe('run')
  })

  test('the options of set-up, which are in a script, are those of the program', async () => {
    const script = services['setup-elasticsearch']?.command?.[0] ?? ''
    const options = script.match(/--[a-z-]+/g) ?? []
    expect(options.length).toBeGreaterThan(4)
    const setup = COMMANDS.find(({ name }) => name === 'setup')
    for (const option of options)
      expect(Object.keys(setup?.options ?? {})).toContain(option.slice(2))
  })

  test('the configuration is in order', async () => {
    const path = join(PROJECT, 'docker', 'sekisho.yaml')
    const { code, stdout } = await ran(['config', 'validate', '--config', path])
    expect({ code, stdout }).toMatchObject({ code: 0 })
  })

  test('the image runs as nobody in particular, and its code belongs to root', () => {
    const dockerfile = file('Dockerfile')
    expect(dockerfile).toMatch(/^USER sekisho$/m)
    expect(dockerfile).toMatch(/^HEALTHCHECK /m)
    for (const from of dockerfile.match(/^FROM .*$/gm) ?? [])
      expect(from).toMatch(/:\d+\.\d+\.\d+-/)
    expect(dockerfile.indexOf('COPY --from=build')).toBeLessThan(dockerfile.indexOf('USER sekisho'))
  })
})
