import { z } from 'zod'
import { SERVICE_DEFAULTS } from './service-defaults.ts'
import { bytesSchema, pathSchema, portSchema, wholeNumberSchema } from './value-schemas.ts'

const GIBIBYTE = 1024 ** 3

const { state, http, log } = SERVICE_DEFAULTS

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export const LOG_FORMATS = ['json', 'text'] as const

/** `state:` of sekisho.yaml. */
export const stateSchema = z.strictObject({
  folder: pathSchema.optional().meta({
    description: 'Folder for snapshots, the syslog spool and positions in files',
    default: state.folder,
  }),
  snapshotSeconds: wholeNumberSchema(1, 3600, ' s')
    .optional()
    .meta({ description: 'Time between two snapshots', default: state.snapshotSeconds }),
  spoolBytesMax: bytesSchema(GIBIBYTE / 64, 1024 * GIBIBYTE)
    .optional()
    .meta({
      description: 'Syslog lines kept on disk until they are processed',
      default: state.spoolBytesMax,
    }),
})

const httpGroup = z.strictObject({
  address: z
    .union([z.ipv4(), z.ipv6(), z.literal('localhost')], { error: 'must be an IP address' })
    .optional()
    .meta({
      description: 'Address to listen at; any but loopback needs a token',
      default: http.address,
    }),
  port: portSchema.optional().meta({ default: http.port }),
  tokenFile: pathSchema.optional().meta({
    description: 'File with the bearer token that every request must carry',
  }),
})

/** `http:` of sekisho.yaml: health and metrics. */
export const httpSchema = z
  .union([z.literal(false), httpGroup], { error: 'must be false or a group of keys' })
  .meta({ description: '/livez, /readyz and /metrics; false: none of them' })

/** `log:` of sekisho.yaml. */
export const logSchema = z.strictObject({
  level: z.enum(LOG_LEVELS).optional().meta({ default: log.level }),
  format: z.enum(LOG_FORMATS).optional().meta({ default: log.format }),
})
