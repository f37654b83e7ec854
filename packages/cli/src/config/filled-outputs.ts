import type { ClientTlsContent } from './filled-tls.ts'
import { filledTls } from './filled-tls.ts'
import type { OutputContent } from './output-schema.ts'
import { OUTPUT_DEFAULTS } from './service-defaults.ts'

/** An entry of `outputs` in which nothing is left to a default. */
export type FilledOutput = ReturnType<typeof filledOutput>

/** @param inFolder makes a path absolute */
export function filledOutputs(
  outputs: readonly OutputContent[],
  inFolder: (path: string) => string,
): FilledOutput[] {
  const counts = new Map<string, number>()
  return outputs.map((output) => {
    const count = (counts.get(output.type) ?? 0) + 1
    counts.set(output.type, count)
    return filledOutput(output, count === 1 ? output.type : `${output.type}-${count}`, inFolder)
  })
}

function filledOutput(
  output: OutputContent,
  defaultName: string,
  inFolder: (path: string) => string,
) {
  if (output.type === 'stdout') return output
  if (output.type === 'file') {
    const { type, path, rotate } = output
    const filled = { type, path: inFolder(path) }
    if (rotate === undefined) return filled
    return { ...filled, rotate: { ...rotate, keep: rotate.keep ?? OUTPUT_DEFAULTS.keep } }
  }
  const name = output.name ?? defaultName
  if (output.type === 'elasticsearch') {
    return {
      ...withFiles(output, ['apiKeyFile', 'passwordFile', 'caFile'], inFolder),
      name,
      namespace: output.namespace ?? OUTPUT_DEFAULTS.namespace,
    }
  }
  if (output.type === 'syslog') return filledSyslog(output, name, inFolder)
  return {
    ...withFiles(output, ['urlFile', 'secretFile', 'tokenFile', 'caFile'], inFolder),
    name,
    template: output.template ?? OUTPUT_DEFAULTS.template,
  }
}

function filledSyslog(
  output: Extract<OutputContent, { type: 'syslog' }>,
  name: string,
  inFolder: (path: string) => string,
) {
  const { type, transport, address } = output
  const tls: ClientTlsContent | null = output.transport === 'tls' ? (output.tls ?? {}) : null
  return {
    ...{ type, name, transport, address },
    port: output.port ?? OUTPUT_DEFAULTS.port[transport],
    format: output.format ?? OUTPUT_DEFAULTS.format,
    ...(tls === null ? {} : { tls: filledTls(tls, inFolder) }),
  }
}

/** The entry with the paths of some of its keys made absolute. */
function withFiles<Entry extends object, Key extends keyof Entry>(
  entry: Entry,
  keys: readonly Key[],
  inFolder: (path: string) => string,
): Entry {
  const files = keys.flatMap((key) => {
    const path = entry[key]
    return typeof path === 'string' ? [[key, inFolder(path)] as const] : []
  })
  return { ...entry, ...Object.fromEntries(files) }
}
