import { z } from 'zod'
import { FILES_DEFAULTS, SYSLOG_DEFAULTS } from './service-defaults.ts'
import {
  bytesSchema,
  cidrSchema,
  labelSchema,
  pathSchema,
  portSchema,
  timezoneSchema,
  topicSchema,
  wholeNumberSchema,
} from './value-schemas.ts'

const MEBIBYTE = 1024 ** 2

const common = {
  name: labelSchema
    .optional()
    .meta({ description: 'Name of the source in logs and dead letters; unique' }),
  timezone: timezoneSchema
    .optional()
    .meta({ description: 'Zone of the lines of this source that carry none' }),
}

function listening(transport: keyof typeof SYSLOG_DEFAULTS) {
  const { address, port } = SYSLOG_DEFAULTS[transport]
  return {
    type: z.literal('syslog'),
    ...common,
    address: z
      .union([z.ipv4(), z.ipv6()], { error: 'must be an IP address of this machine' })
      .optional()
      .meta({ description: 'Address to listen at', default: address }),
    port: portSchema.optional().meta({ default: port }),
    allow: z
      .array(cidrSchema)
      .min(1, 'must not be empty')
      .max(10_000, 'has more than 10,000 entries')
      .optional()
      .meta({ description: 'Networks that may send; everybody when absent' }),
  }
}

const connections = {
  connectionsMax: wholeNumberSchema(1, 100_000)
    .optional()
    .meta({ default: SYSLOG_DEFAULTS.tcp.connectionsMax }),
  connectionsPerAddressMax: wholeNumberSchema(1, 100_000)
    .optional()
    .meta({ default: SYSLOG_DEFAULTS.tcp.connectionsPerAddressMax }),
}

const syslog = z.discriminatedUnion('transport', [
  z.strictObject({
    ...listening('udp'),
    transport: z.literal('udp'),
    receiveBufferBytes: bytesSchema(64 * 1024, 1024 * MEBIBYTE)
      .optional()
      .meta({
        description: 'Receive buffer asked of the kernel, which grants up to net.core.rmem_max',
        default: SYSLOG_DEFAULTS.udp.receiveBufferBytes,
      }),
  }),
  z.strictObject({ ...listening('tcp'), transport: z.literal('tcp'), ...connections }),
  z.strictObject({
    ...listening('tls'),
    transport: z.literal('tls'),
    ...connections,
    tls: z.strictObject({
      certFile: pathSchema.meta({ description: 'Certificate with its chain, PEM' }),
      keyFile: pathSchema.meta({ description: 'Private key, PEM, readable by its owner alone' }),
      clientCaFile: pathSchema
        .optional()
        .meta({ description: 'Authorities that sign the certificates of senders, PEM' }),
      clientCertificate: z
        .enum(['required', 'optional'])
        .optional()
        .meta({ description: 'Needs clientCaFile, with which required is the default' }),
    }),
  }),
])

const files = z.strictObject({
  type: z.literal('files'),
  ...common,
  paths: z
    .array(pathSchema)
    .min(1, 'must not be empty')
    .max(1000, 'has more than 1,000 entries')
    .meta({ description: 'Files and globs that are followed' }),
  pollMs: wholeNumberSchema(50, 60_000, ' ms').optional().meta({ default: FILES_DEFAULTS.pollMs }),
})

const kafkaTopic = z.strictObject({
  type: z.literal('kafka'),
  ...common,
  topic: topicSchema.meta({ description: 'Topic whose values are raw log lines' }),
})

/** `sources:` of sekisho.yaml. */
export const sourcesSchema = z
  .array(z.discriminatedUnion('type', [syslog, files, kafkaTopic]))
  .max(100, 'has more than 100 entries')

export type SourceContent = z.infer<typeof sourcesSchema>[number]
