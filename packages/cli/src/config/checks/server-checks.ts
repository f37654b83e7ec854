import { connect, type Socket } from 'node:net'
import { connect as connectTls, rootCertificates } from 'node:tls'
import { UsageError } from '../../usage-error.ts'
import { elasticsearchAccessOf, syslogSettingsOf, webhookSettingsOf } from '../output-access.ts'
import type {
  ElasticsearchOutputConfig,
  OutputConfig,
  ServiceConfig,
  SyslogOutputConfig,
  WebhookOutputConfig,
} from '../service-config.ts'
import { type CheckRow, failed, passed, unreachable, warned } from './check-row.ts'
import { networkReasonOf } from './network-reason.ts'

/** How long a server may take to answer at all. */
const CONNECT_MS_MAX = 5_000

/** Servers that alerts go to: files of secrets and certificates, whether they answer, and what our login may do. Nothing is sent. */
export async function serverChecks({ outputs }: ServiceConfig): Promise<CheckRow[]> {
  const rows = await Promise.all(
    outputs.map((output, index) => checked(output, `outputs[${index + 1}]`)),
  )
  return rows.flat()
}

async function checked(output: OutputConfig, check: string): Promise<CheckRow[]> {
  try {
    if (output.type === 'elasticsearch') return await elasticsearchRows(output, check)
    if (output.type === 'syslog') return [await syslogRow(output, check)]
    if (output.type === 'webhook') return [await webhookRow(output, check)]
    return []
  } catch (error) {
    if (error instanceof UsageError) return [failed(check, error.message)]
    throw error
  }
}

async function elasticsearchRows(
  output: ElasticsearchOutputConfig,
  check: string,
): Promise<CheckRow[]> {
  const access = elasticsearchAccessOf(output)
  const { checkPrivileges, clientOf, isSetUp } = await import('@sekisho/alert-sink/elasticsearch')
  const { elasticsearchProblemOf } = await import('../../setup/elasticsearch-problem.ts')
  const client = clientOf({ ...access, requestTimeoutMs: CONNECT_MS_MAX })
  const cluster = output.urls.join(', ')
  try {
    const { missing, tooMuch } = await checkPrivileges(client, output.namespace)
    const rows = [passed(check, `${cluster} answers and lets us in`)]
    if (missing.length > 0) {
      const remedy = 'sekisho setup elasticsearch --create-key FILE makes a key that can'
      rows.push(failed(`${check} login`, `may not ${missing.join(', ')}; ${remedy}`))
    } else if (tooMuch.length > 0) {
      const more = tooMuch.length > 5 ? ` and ${tooMuch.length - 5} more` : ''
      rows.push(
        warned(
          `${check} login`,
          `may more than write alerts, which a thief of it could do, too: ${tooMuch.slice(0, 5).join(', ')}${more}; sekisho setup elasticsearch --create-key FILE makes a key that may not`,
        ),
      )
    } else rows.push(passed(`${check} login`, 'may write alerts and nothing else'))
    const { things } = await isSetUp(client, { namespace: output.namespace })
    return [...rows, setUpRow(things, `${check} templates`)]
  } catch (error) {
    const problem = elasticsearchProblemOf(error)
    if (problem === null) throw error
    const sentence = `${cluster} ${problem.sentence}`
    return [problem.isAway ? unreachable(check, sentence) : failed(check, sentence)]
  } finally {
    await client.close()
  }
}

function setUpRow(
  things: readonly { readonly name: string; readonly state: string }[],
  check: string,
): CheckRow {
  const namesOf = (...states: string[]): string[] =>
    things.filter(({ state }) => states.includes(state)).map(({ name }) => name)
  const wrong = namesOf('missing', 'changed')
  if (wrong.length > 0) {
    return failed(
      check,
      `missing or not of this version: ${wrong.join(', ')}; run sekisho setup elasticsearch`,
    )
  }
  return namesOf('unknown').length > 0
    ? passed(check, 'cannot be seen with this login, which may only write')
    : passed(check, 'are those of this version')
}

async function syslogRow(output: SyslogOutputConfig, check: string): Promise<CheckRow> {
  const { host, port, transport, tls = {} } = syslogSettingsOf(output, '')
  if (transport === 'udp') {
    return passed(
      check,
      `goes to ${host} port ${port} over UDP, where nobody tells whether it arrives`,
    )
  }
  const { ca, serverName = host, certificate, key } = tls
  const socket = (): Socket =>
    transport === 'tcp'
      ? connect({ host, port })
      : connectTls({
          ...{ host, port, ca: ca ?? [...rootCertificates] },
          ...(/[a-z]/i.test(serverName) && !serverName.includes(':')
            ? { servername: serverName }
            : {}),
          ...(certificate === undefined ? {} : { cert: certificate, key }),
        })
  const event = transport === 'tcp' ? 'connect' : 'secureConnect'
  return await connectionRow(check, `${host} port ${port}`, event, socket)
}

/** Never posts: whoever receives would take it for an alert. */
async function webhookRow(output: WebhookOutputConfig, check: string): Promise<CheckRow> {
  const { url: text, ca } = webhookSettingsOf(output)
  if (!URL.canParse(text)) return failed(check, 'the address of the webhook is no address')
  const url = new URL(text)
  const isTls = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port) || (isTls ? 443 : 80)
  const socket = (): Socket =>
    isTls
      ? connectTls({ host, port, servername: host, ...(ca === undefined ? {} : { ca }) })
      : connect({ host, port })
  return await connectionRow(
    check,
    `${host} port ${port}`,
    isTls ? 'secureConnect' : 'connect',
    socket,
  )
}

async function connectionRow(
  check: string,
  place: string,
  event: 'connect' | 'secureConnect',
  open: () => Socket,
): Promise<CheckRow> {
  return await new Promise((resolve) => {
    const socket = open()
    const end = (row: CheckRow): void => {
      socket.destroy()
      resolve(row)
    }
    socket.setTimeout(CONNECT_MS_MAX)
    socket.on(event, () => {
      end(
        passed(
          check,
          event === 'connect' ? `${place} answers` : `${place} answers over TLS, and is trusted`,
        ),
      )
    })
    socket.on('timeout', () => {
      end(unreachable(check, `${place} does not answer within ${CONNECT_MS_MAX / 1000} s`))
    })
    socket.on('error', (error) => {
      end(unreachable(check, `${place} cannot be reached: ${networkReasonOf(error)}`))
    })
  })
}
