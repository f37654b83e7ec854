import type { z } from 'zod'
import { FILES_DEFAULTS, SYSLOG_DEFAULTS } from './service-defaults.ts'
import type { SourceContent, sourcesSchema } from './source-schema.ts'

type Sources = z.infer<typeof sourcesSchema>

/** An entry of `sources` in which nothing is left to a default but the time zone. */
export type FilledSource = ReturnType<typeof filledSource>

/**
 * @param inFolder makes a path absolute
 * @param timezone of the whole configuration
 */
export function filledSources(
  sources: Sources,
  inFolder: (path: string) => string,
  timezone: string | undefined,
): FilledSource[] {
  return sources.map((source, index) => filledSource(source, index, inFolder, timezone))
}

function filledSource(
  source: SourceContent,
  index: number,
  inFolder: (path: string) => string,
  timezone: string | undefined,
) {
  const zone = source.timezone ?? timezone
  const common = {
    name: source.name ?? `${source.type}-${index + 1}`,
    ...(zone === undefined ? {} : { timezone: zone }),
  }
  if (source.type === 'kafka') return { type: source.type, ...common, topic: source.topic }
  if (source.type === 'files') {
    const paths = source.paths.map(inFolder)
    return {
      type: source.type,
      ...common,
      paths,
      pollMs: source.pollMs ?? FILES_DEFAULTS.pollMs,
    }
  }
  return { type: source.type, ...common, ...filledListener(source, inFolder) }
}

type ListenerContent = Extract<SourceContent, { type: 'syslog' }>

function filledListener(source: ListenerContent, inFolder: (path: string) => string) {
  const { address, port } = SYSLOG_DEFAULTS[source.transport]
  const listening = {
    address: source.address ?? address,
    port: source.port ?? port,
    ...(source.allow === undefined ? {} : { allow: source.allow }),
  }
  if (source.transport === 'udp') {
    const receiveBufferBytes = source.receiveBufferBytes ?? SYSLOG_DEFAULTS.udp.receiveBufferBytes
    return { transport: source.transport, ...listening, receiveBufferBytes }
  }
  const defaults = SYSLOG_DEFAULTS[source.transport]
  const connections = {
    connectionsMax: source.connectionsMax ?? defaults.connectionsMax,
    connectionsPerAddressMax: source.connectionsPerAddressMax ?? defaults.connectionsPerAddressMax,
  }
  if (source.transport === 'tcp') {
    return { transport: source.transport, ...listening, ...connections }
  }
  const { certFile, keyFile, clientCaFile, clientCertificate } = source.tls
  const tls = {
    certFile: inFolder(certFile),
    keyFile: inFolder(keyFile),
    ...(clientCaFile === undefined ? {} : { clientCaFile: inFolder(clientCaFile) }),
    ...(clientCertificate === undefined && clientCaFile === undefined
      ? {}
      : { clientCertificate: clientCertificate ?? ('required' as const) }),
  }
  return { transport: source.transport, ...listening, ...connections, tls }
}
