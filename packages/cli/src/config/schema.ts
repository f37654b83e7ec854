import { type NetworkRule, networkClasses, problemOfNetworkRule } from '@sekisho/locate'
import { z } from 'zod'
import { isTimeZone, notAZone } from '../time-zone.ts'

const name = z.string().min(1, 'must not be empty').max(200, 'is longer than 200 characters')

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

/** Everything that `sekisho.yaml` may say. Unknown keys are refused: a typing error must not be a silent default. */
export const configSchema = z
  .strictObject({
    tenant: name.optional(),
    timezone: z
      .string()
      .refine(isTimeZone, { error: ({ input }) => notAZone(String(input)) })
      .optional(),
    networks: z.array(network).max(100_000, 'has more than 100,000 entries').optional(),
    travel: z.strictObject({ mode: z.enum(['strict', 'off']).optional() }).optional(),
    identity: z
      .strictObject({
        stripSuffixes: z.array(name).optional(),
        separateRealms: z.array(name).optional(),
      })
      .optional(),
    hashKey: name.optional(),
    hashKeyFile: name.optional(),
  })
  .refine((config) => config.hashKey === undefined || config.hashKeyFile === undefined, {
    path: ['hashKeyFile'],
    error: 'and hashKey exclude each other',
  })

export type ConfigFileContent = z.infer<typeof configSchema>
