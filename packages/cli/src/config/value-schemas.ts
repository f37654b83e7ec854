import { problemOfNetworkRule } from '@sekisho/locate'
import { z } from 'zod'
import { isTimeZone, notAZone } from '../time-zone.ts'

/** A short text that is no label of a metric and no name of a file. */
export const nameSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(200, 'is longer than 200 characters')

export const pathSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(4096, 'is longer than 4,096 characters')
  .refine((path) => !path.includes('\0'), { error: 'must not hold a NUL character' })

/** Names an entry in logs, metrics and files. */
export const labelSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes, underscores')

/** A name of the name service, or an address. */
export const hostSchema = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,253}$/, 'must be the name or address of a machine')

/** TLS of a client: files, and the name that the other side's certificate must carry. */
export const clientTlsSchema = z.strictObject({
  caFile: pathSchema
    .optional()
    .meta({ description: 'Authorities that sign the certificates of the other side, PEM' }),
  certFile: pathSchema.optional().meta({ description: 'Certificate of this client, PEM' }),
  keyFile: pathSchema
    .optional()
    .meta({ description: 'Private key of this client, PEM, readable by its owner alone' }),
  serverName: nameSchema
    .optional()
    .meta({ description: 'Name that the certificates must carry instead of the address' }),
})

export const timezoneSchema = z.string().refine(isTimeZone, {
  error: ({ input }) => notAZone(String(input)),
})

/** An address and a length, or an address alone. */
export const cidrSchema = z.string().refine(
  // The one place that knows what a network is.
  (cidr) => problemOfNetworkRule({ cidr, name: cidr, class: 'unknown' }) === '',
  { error: 'must be a network: an address, or address/length without bits beyond the length' },
)

/** @param unit with a leading blank, or nothing */
export function wholeNumberSchema(min: number, max: number, unit = '') {
  const error = `must be from ${min} to ${max}${unit}`
  return z.number().min(min, error).max(max, error).int()
}

export const portSchema = wholeNumberSchema(1, 65_535)

/** `host:port`. An IPv6 address needs a name: the client splits at the colon. */
export const brokerSchema = z.string().refine((text) => addressOf(text) !== null, {
  error: 'must be host:port, such as kafka-1.example.net:9092',
})

/** Host and port of `host:port`; null when the text is something else. */
export function addressOf(text: string): { host: string; port: number } | null {
  const [, host, digits] = /^([A-Za-z0-9._-]{1,253}):(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : null
}

const BYTES = /^(\d{1,15}(?:\.\d{1,3})?) ?([kmgt]?)(?:i?b)?$/i
const UNIT_EXPONENTS = ['', 'k', 'm', 'g', 't']

/** Bytes of a number or of a text such as `1GiB`, `256M` (powers of 1,024); null when it is neither. */
export function bytesOf(value: number | string): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null
  const parts = BYTES.exec(value)
  if (parts === null) return null
  const exponent = UNIT_EXPONENTS.indexOf((parts[2] ?? '').toLowerCase())
  const bytes = Math.floor(Number(parts[1]) * 1024 ** exponent)
  return Number.isSafeInteger(bytes) ? bytes : null
}

/** A number of bytes, or a text such as `1GiB`. */
export function bytesSchema(min: number, max: number) {
  return z
    .union([z.number(), z.string()], { error: 'must be a number of bytes, such as 1GiB' })
    .refine((value) => bytesOf(value) !== null, {
      error: 'must be a number of bytes, such as 1GiB',
      abort: true,
    })
    .refine(
      (value) => {
        const bytes = bytesOf(value) ?? 0
        return bytes >= min && bytes <= max
      },
      { error: `must be from ${min} to ${max} bytes` },
    )
}

/** A topic as Kafka allows it. */
export const topicSchema = z
  .string()
  .refine((topic) => /^[A-Za-z0-9._-]{1,249}$/.test(topic) && topic !== '.' && topic !== '..', {
    error: 'must be the name of a topic: 1 to 249 letters, digits, dots, dashes and underscores',
  })
