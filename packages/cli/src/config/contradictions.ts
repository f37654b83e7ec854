import { isIPv4 } from 'node:net'
import type { Filled } from './filled.ts'
import type { FilledSource } from './filled-sources.ts'
import type { Mistake } from './mistakes.ts'
import { mistakeAt, nameOf } from './mistakes.ts'
import { contradictionsInServers, type OutputSecretsGiven } from './output-contradictions.ts'
import type { Path } from './schema-at.ts'

/** Secrets that the environment holds. */
export interface SecretsGiven extends OutputSecretsGiven {
  readonly kafkaPassword: boolean
  readonly httpToken: boolean
}

/** What cannot be together although each part has the right form. Each is told at the part that can be changed. */
export function contradictionsIn(filled: Filled, given: SecretsGiven): Mistake[] {
  return [
    ...inSources(filled),
    ...inPorts(filled),
    ...inKafka(filled, given),
    ...inHttp(filled, given),
    ...inOutputs(filled),
    ...contradictionsInServers(filled.outputs, given),
  ]
}

function inSources({ sources, kafka }: Filled): Mistake[] {
  const found: Mistake[] = []
  const indexOf = new Map<string, number>()
  for (const [index, source] of sources.entries()) {
    const other = indexOf.get(source.name)
    if (other !== undefined) {
      found.push(mistakeAt(['sources', index, 'name'], `is that of sources[${other + 1}] as well`))
    }
    indexOf.set(source.name, index)
    if (source.type === 'kafka' && kafka === undefined) {
      found.push(mistakeAt(['sources', index], 'needs kafka.brokers'))
    }
    if (source.type !== 'syslog' || source.transport !== 'tls') continue
    if (source.tls.clientCertificate !== undefined && source.tls.clientCaFile === undefined) {
      found.push(mistakeAt(['sources', index, 'tls', 'clientCertificate'], 'needs clientCaFile'))
    }
  }
  return found
}

interface Listener {
  readonly path: Path
  readonly label: string
  readonly address: string
  readonly port: number
  readonly protocol: 'udp' | 'tcp'
}

function inPorts(filled: Filled): Mistake[] {
  const listeners = listenersOf(filled)
  return listeners.flatMap((listener, index) => {
    const other = listeners.slice(0, index).find((earlier) => isSamePlace(earlier, listener))
    return other === undefined
      ? []
      : [mistakeAt(listener.path, `${listener.port} is the port of ${other.label} as well`)]
  })
}

function listenersOf({ sources, http }: Filled): Listener[] {
  const listeners = sources.flatMap((source: FilledSource, index): Listener[] => {
    if (source.type !== 'syslog') return []
    const { address, port, transport } = source
    const protocol = transport === 'udp' ? 'udp' : 'tcp'
    const label = `sources[${index + 1}]`
    return [{ path: ['sources', index, 'port'], label, address, port, protocol }]
  })
  if (http === false) return listeners
  const { address, port } = http
  return [...listeners, { path: ['http', 'port'], label: 'http', address, port, protocol: 'tcp' }]
}

/** Every address of a machine takes the port of each of them. */
function isSamePlace(a: Listener, b: Listener): boolean {
  const isEvery = ({ address }: Listener): boolean => address === '0.0.0.0' || address === '::'
  return (
    a.port === b.port &&
    a.protocol === b.protocol &&
    (a.address === b.address || isEvery(a) || isEvery(b))
  )
}

function inKafka({ kafka }: Filled, given: SecretsGiven): Mistake[] {
  if (kafka === undefined) return []
  const { brokers, tls, sasl } = kafka
  const found: Mistake[] = []
  if (brokers.length === 0) {
    found.push(mistakeAt(['kafka'], 'has no brokers: HOST:PORT of some of them'))
  }
  if (typeof tls === 'object' && (tls.certFile === undefined) !== (tls.keyFile === undefined)) {
    found.push(mistakeAt(['kafka', 'tls'], 'needs certFile and keyFile, or neither of them'))
  }
  if (sasl?.mechanism === 'plain' && tls === undefined) {
    const why = 'plain needs kafka.tls, or everybody on the way could read the password'
    found.push(mistakeAt(['kafka', 'sasl', 'mechanism'], why))
  }
  if (sasl !== undefined && sasl.passwordFile === undefined && !given.kafkaPassword) {
    const remedy = 'name a file with passwordFile or set SEKISHO_KAFKA_PASSWORD'
    found.push(mistakeAt(['kafka', 'sasl'], `has no password: ${remedy}`))
  }
  return found
}

function inHttp({ http }: Filled, given: SecretsGiven): Mistake[] {
  if (http === false || isLoopback(http.address)) return []
  if (http.tokenFile !== undefined || given.httpToken) return []
  const remedy = 'name a file with http.tokenFile or set SEKISHO_HTTP_TOKEN'
  return [mistakeAt(['http', 'address'], `is not loopback, so that a token is needed: ${remedy}`)]
}

/** Addresses that only this machine can reach (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3). */
export function isLoopback(address: string): boolean {
  return (
    address === 'localhost' || address === '::1' || (isIPv4(address) && address.startsWith('127.'))
  )
}

function inOutputs({ outputs, signals, deadLetters }: Filled): Mistake[] {
  const places = outputs.flatMap((output, index): [Path, string][] => {
    if (output.type === 'file') return [[['outputs', index], output.path]]
    return output.type === 'stdout' ? [[['outputs', index], 'standard output']] : []
  })
  if (signals !== undefined) places.push([['signals'], signals])
  places.push([['deadLetters'], deadLetters])
  return places.flatMap(([path, place], index) => {
    const other = places.slice(0, index).find(([, earlier]) => earlier === place)
    return other === undefined
      ? []
      : [mistakeAt(path, `goes to the same place as ${nameOf(other[0])}`)]
  })
}
