import { type NetworkRule, networkClasses, problemOfNetworkRule } from '@sekisho/locate'
import { z } from 'zod'
import { kafkaSchema } from './kafka-schema.ts'
import { limitsSchema } from './limits-schema.ts'
import { outputsSchema } from './output-schema.ts'
import { httpSchema, logSchema, stateSchema } from './service-schema.ts'
import { sourcesSchema } from './source-schema.ts'
import { nameSchema as name, pathSchema, timezoneSchema } from './value-schemas.ts'

const network = z
  .strictObject({
    cidr: z.string(),
    name,
    class: z.enum(networkClasses),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    country: z.string().optional(),
    radiusKm: z.number().optional(),
  })
  .check(({ value, issues }) => {
    const problem = problemOfNetworkRule(value as NetworkRule)
    if (problem !== '') issues.push({ code: 'custom', message: problem, input: value })
  })

const gatewayGroups = z
  .record(
    name,
    z.array(name).min(1, 'must not be empty').max(1000, 'has more than 1,000 gateways'),
    {
      error: ({ code }) =>
        code === 'invalid_key' ? 'must be a name of 1 to 200 characters' : undefined,
    },
  )
  .check(({ value, issues }) => {
    const groupOf = new Map<string, string>()
    for (const [group, members] of Object.entries(value)) {
      for (const [index, member] of members.entries()) {
        const other = groupOf.get(member)
        groupOf.set(member, group)
        if (other === undefined) continue
        const message = `"${member}" is in ${other === group ? 'the group twice' : `the group ${other} as well`}`
        issues.push({ code: 'custom', path: [group, index], message, input: value })
      }
    }
  })

/** Everything that `sekisho.yaml` may say. Unknown keys are refused: a typing error must not be a silent default. */
export const configSchema = z
  .strictObject({
    tenant: name.optional(),
    timezone: timezoneSchema.optional(),
    networks: z.array(network).max(100_000, 'has more than 100,000 entries').optional(),
    travel: z.strictObject({ mode: z.enum(['score', 'strict', 'off']).optional() }).optional(),
    identity: z
      .strictObject({
        stripSuffixes: z.array(name).optional(),
        separateRealms: z.array(name).optional(),
        administratorRealms: z.array(name).optional(),
      })
      .optional(),
    gatewayGroups: gatewayGroups.optional(),
    limits: limitsSchema.optional(),
    hashKey: name.optional(),
    hashKeyFile: name.optional(),
    sources: sourcesSchema.optional(),
    state: stateSchema.optional(),
    kafka: kafkaSchema.optional(),
    outputs: outputsSchema.optional(),
    signals: pathSchema
      .optional()
      .meta({ description: 'File for what is too weak for an alert; left out when absent' }),
    deadLetters: pathSchema
      .optional()
      .meta({ description: 'File for lines that could not be read, of sekisho run' }),
    http: httpSchema.optional(),
    log: logSchema.optional(),
  })
  .refine((config) => config.hashKey === undefined || config.hashKeyFile === undefined, {
    path: ['hashKeyFile'],
    error: 'and hashKey exclude each other',
  })

export type ConfigFileContent = z.infer<typeof configSchema>
