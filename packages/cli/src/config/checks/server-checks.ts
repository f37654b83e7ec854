import { connect, isIP, type Socket } from 'node:net'
import {
  type ConnectionOptions,
  connect as connectTls,
  rootCertificates,
  type TLSSocket,
} from 'node:tls'
import { UsageError } from '../../usage-error.ts'
import { syslogSettingsOf, webhookSettingsOf } from '../output-access.ts'
import type {
  OutputConfig,
  ServiceConfig,
  SyslogOutputConfig,
  WebhookOutputConfig,
} from '../service-config.ts'
import { type CheckRow, failed, passed, unreachable } from './check-row.ts'
import { elasticsearchRows } from './elasticsearch-check.ts'
import { networkReasonOf } from './network-reason.ts'

/** How long a server may take to answer at all. */
const CONNECT_MS_MAX = 5_000
/** How long a server that has let us in may take to think better of it. */
const REFUSAL_MS_MAX = 500

/** Servers that alerts go to: files of secrets and certificates, whether they answer, and what our login may do. Nothing is sent. */
export async function serverChecks({ outputs }: ServiceConfig): Promise<CheckRow[]> {
  const rows = await Promise.all(
    outputs.map((output, index) => checked(output, `outputs[${index + 1}]`)),
  )
  return rows.flat()
}

async function checked(output: OutputConfig, check: string): Promise<CheckRow[]> {
  try {
    if (output.type === 'elasticsearch')
      return await elasticsearchRows(output, check, CONNECT_MS_MAX)
    if (output.type === 'syslog') return [await syslogRow(output, check)]
    if (output.type === 'webhook') return [await webhookRow(output, check)]
    return []
  } catch (error) {
    if (error instanceof UsageError) return [failed(check, error.message)]
    throw error
  }
}

async function syslogRow(output: SyslogOutputConfig, check: string): Promise<CheckRow> {
  const { host, port, transport, tls = {} } = syslogSettingsOf(output, '')
  if (transport === 'udp') {
    return passed(
      check,
      `goes to ${host} port ${port} over UDP, where nobody tells whether it arrives`,
    )
  }
  if (transport === 'tcp') return await connectionRow(check, { host, port }, null)
  const { ca, serverName = host, certificate, key } = tls
  return await connectionRow(
    check,
    { host, port },
    {
      // As the output itself: without a file those of Node, and no others.
      ca: ca ?? [...rootCertificates],
      ...(certificate === undefined ? {} : { cert: certificate, key }),
      serverName,
    },
  )
}

/** Never posts: whoever receives would take it for an alert. */
async function webhookRow(output: WebhookOutputConfig, check: string): Promise<CheckRow> {
  const { url: text, ca } = webhookSettingsOf(output)
  const url = new URL(text)
  const isTls = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port) || (isTls ? 443 : 80)
  const tls = { ...(ca === undefined ? {} : { ca }), serverName: host }
  return await connectionRow(check, { host, port }, isTls ? tls : null)
}

interface Place {
  readonly host: string
  readonly port: number
}

interface ClientTls extends Pick<ConnectionOptions, 'ca' | 'cert' | 'key'> {
  /** What the certificate of the server must be for: a name or an address. */
  readonly serverName: string
}

/** @param tls null without it */
function opened(place: Place, tls: ClientTls | null): Socket {
  if (tls === null) return connect(place)
  const { serverName, ...files } = tls
  // An address is compared with the certificate, but is never sent as the name that is asked for (RFC 6066, section 3).
  return connectTls({
    ...place,
    ...files,
    ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
  })
}

async function connectionRow(
  check: string,
  place: Place,
  tls: ClientTls | null,
): Promise<CheckRow> {
  const label = `${place.host} port ${place.port}`
  return await new Promise((resolve) => {
    const socket = opened(place, tls)
    let isTrusted = false
    const end = (row: CheckRow): void => {
      socket.destroy()
      resolve(row)
    }
    const answers = passed(
      check,
      `${label} answers${tls === null ? '' : ' over TLS, and is trusted'}`,
    )
    socket.setTimeout(CONNECT_MS_MAX)
    socket.on('connect', () => {
      if (tls === null) end(answers)
    })
    socket.on('secureConnect', () => {
      // With TLS 1.3 a server says only after the client has finished that it does not take its certificate, or wants one.
      if ((socket as TLSSocket).getProtocol() !== 'TLSv1.3') end(answers)
      isTrusted = true
      socket.setTimeout(REFUSAL_MS_MAX)
    })
    socket.on('timeout', () => {
      const silent = `${label} does not answer within ${CONNECT_MS_MAX / 1000} s`
      end(isTrusted ? answers : unreachable(check, silent))
    })
    socket.on('close', () => end(unreachable(check, `${label} ends the connection at once`)))
    socket.on('error', (error) => {
      end(unreachable(check, `${label} cannot be reached: ${networkReasonOf(error)}`))
    })
  })
}
