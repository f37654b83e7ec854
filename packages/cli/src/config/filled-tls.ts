import type { z } from 'zod'
import type { clientTlsSchema } from './value-schemas.ts'

/** TLS of a client, as the file says it. */
export type ClientTlsContent = z.infer<typeof clientTlsSchema>

/** @param inFolder makes a path absolute */
export function filledTls(
  { caFile, certFile, keyFile, serverName }: ClientTlsContent,
  inFolder: (path: string) => string,
) {
  return {
    ...(caFile === undefined ? {} : { caFile: inFolder(caFile) }),
    ...(certFile === undefined ? {} : { certFile: inFolder(certFile) }),
    ...(keyFile === undefined ? {} : { keyFile: inFolder(keyFile) }),
    ...(serverName === undefined ? {} : { serverName }),
  }
}
