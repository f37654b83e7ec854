import { z } from 'zod'
import { serverUrlProblem } from '../outputs/server-url.ts'
import { OUTPUT_DEFAULTS } from './service-defaults.ts'
import {
  bytesSchema,
  clientTlsSchema,
  hostSchema,
  labelSchema,
  nameSchema,
  pathSchema,
  portSchema,
  wholeNumberSchema,
} from './value-schemas.ts'

const GIBIBYTE = 1024 ** 3

const name = labelSchema
  .optional()
  .meta({ description: 'Name of a server in logs and metrics; unique' })

const serverUrl = z.string().check(({ value, issues }) => {
  const problem = serverUrlProblem(value, false)
  if (problem !== null) issues.push({ code: 'custom', message: problem, input: value })
})

const file = z.strictObject({
  type: z.literal('file'),
  path: pathSchema.meta({ description: 'One ECS document per line' }),
  rotate: z
    .strictObject({
      bytes: bytesSchema(64 * 1024, 1024 * GIBIBYTE).meta({
        description: 'A file that has grown to this is put aside as path.1',
      }),
      keep: wholeNumberSchema(1, 1000)
        .optional()
        .meta({ description: 'Files that are kept beside it', default: OUTPUT_DEFAULTS.keep }),
    })
    .optional(),
})

const elasticsearch = z.strictObject({
  type: z.literal('elasticsearch'),
  name,
  urls: z
    .array(serverUrl)
    .min(1, 'must not be empty')
    .max(100, 'has more than 100 entries')
    .meta({ description: 'Nodes of one cluster, https://HOST:9200' }),
  apiKeyFile: pathSchema
    .optional()
    .meta({ description: 'File with the API key, readable by its owner alone' }),
  username: nameSchema.optional().meta({ description: 'User, instead of an API key' }),
  passwordFile: pathSchema.optional().meta({ description: 'File with the password of the user' }),
  caFile: pathSchema
    .optional()
    .meta({ description: 'Authorities that sign the certificates of the cluster, PEM' }),
  caFingerprint: z
    .string()
    .regex(/^[0-9A-Fa-f]{2}(?::?[0-9A-Fa-f]{2}){31}$/, 'must be a SHA-256 of 64 hexadecimal digits')
    .optional()
    .meta({ description: 'SHA-256 of the certificate of the authority, instead of caFile' }),
  namespace: z
    .string()
    .regex(/^[a-z0-9_.]{1,100}$/, 'must be 1 to 100 small letters, digits, dots, underscores')
    .optional()
    .meta({
      description: 'Of the data stream logs-sekisho.alert-NAMESPACE',
      default: OUTPUT_DEFAULTS.namespace,
    }),
})

function syslogOver<Transport extends 'udp' | 'tcp' | 'tls'>(transport: Transport) {
  return {
    type: z.literal('syslog'),
    name,
    transport: z.literal(transport),
    address: hostSchema.meta({ description: 'Name or address of the server' }),
    port: portSchema.optional().meta({ default: OUTPUT_DEFAULTS.port[transport] }),
    format: z
      .enum(['cef', 'leef', 'json'])
      .optional()
      .meta({ description: 'Of the message', default: OUTPUT_DEFAULTS.format }),
  }
}

const syslog = z.discriminatedUnion('transport', [
  z.strictObject(syslogOver('udp')),
  z.strictObject(syslogOver('tcp')),
  z.strictObject({ ...syslogOver('tls'), tls: clientTlsSchema.optional() }),
])

const webhook = z.strictObject({
  type: z.literal('webhook'),
  name,
  url: serverUrl.optional().meta({ description: 'Where alerts are posted to' }),
  urlFile: pathSchema
    .optional()
    .meta({ description: 'File with the address, where that is a secret: Slack and Teams' }),
  template: z
    .enum(['json', 'slack', 'teams', 'splunk-hec'])
    .optional()
    .meta({ description: 'Form of the body', default: OUTPUT_DEFAULTS.template }),
  secretFile: pathSchema
    .optional()
    .meta({ description: 'File with the secret that signs each request (HMAC-SHA256)' }),
  tokenFile: pathSchema
    .optional()
    .meta({ description: 'File with the token of the HTTP Event Collector of Splunk' }),
  caFile: pathSchema
    .optional()
    .meta({ description: 'Authorities that sign the certificate of the receiver, PEM' }),
})

/** `outputs:` of sekisho.yaml: where alerts go. */
export const outputsSchema = z
  .array(
    z.discriminatedUnion('type', [
      file,
      z.strictObject({ type: z.literal('stdout') }),
      elasticsearch,
      syslog,
      webhook,
    ]),
  )
  .min(1, 'must not be empty')
  .max(20, 'has more than 20 entries')

export type OutputContent = z.infer<typeof outputsSchema>[number]
