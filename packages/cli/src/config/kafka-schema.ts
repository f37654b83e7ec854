import { z } from 'zod'
import { SERVICE_DEFAULTS } from './service-defaults.ts'
import {
  brokerSchema,
  clientTlsSchema,
  nameSchema,
  pathSchema,
  topicSchema,
  wholeNumberSchema,
} from './value-schemas.ts'

const defaults = SERVICE_DEFAULTS.kafka

/** `kafka:` of sekisho.yaml. No password: a configuration is shown, copied and kept under version control. */
export const kafkaSchema = z.strictObject({
  brokers: z
    .array(brokerSchema)
    .min(1, 'must not be empty')
    .max(100, 'has more than 100 entries')
    .optional()
    .meta({ description: 'Addresses to begin with; the cluster tells the others' }),
  clientId: nameSchema
    .optional()
    .meta({ description: 'Name in the logs of the brokers', default: defaults.clientId }),
  prefix: topicSchema
    .refine((prefix) => prefix.length <= 100, { error: 'is longer than 100 characters' })
    .optional()
    .meta({
      description: 'Begins the names of topics, groups and transactional ids',
      default: defaults.prefix,
    }),
  partitions: wholeNumberSchema(1, 1000).optional().meta({
    description: 'Partitions of every keyed topic; never to be changed later',
    default: defaults.partitions,
  }),
  replicationFactor: wholeNumberSchema(1, 10)
    .optional()
    .meta({ default: defaults.replicationFactor }),
  tls: z
    .union([z.literal(true), clientTlsSchema], { error: 'must be true or a group of keys' })
    .optional()
    .meta({ description: 'true: with the authorities that Node trusts' }),
  sasl: z
    .strictObject({
      mechanism: z.enum(['scram-sha-256', 'scram-sha-512', 'plain']),
      username: nameSchema,
      passwordFile: pathSchema.optional().meta({
        description: 'File with the password, readable by its owner alone',
      }),
    })
    .optional(),
})

export type KafkaContent = z.infer<typeof kafkaSchema>
