import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { expandInputs } from '@sekisho/ingest'
import { countOf } from '../../words.ts'
import { reasonOf } from '../secret.ts'
import type { FilesSourceConfig, ServiceConfig, SourceConfig } from '../service-config.ts'
import { readServerTls, validityProblem } from '../tls-files.ts'
import { type CheckRow, type ConnectionCheck, failed, passed } from './check-row.ts'
import { tcpPortCheck, udpPortCheck } from './listener-check.ts'
import { trying } from './trying.ts'

/** Tries every source but the topics, which are Kafka's: files can be read, ports bound, certificates used. */
export function sourceChecks(nowMs: number): ConnectionCheck {
  return async ({ sources }) => {
    const rows: CheckRow[] = []
    // One after the other: two listeners may not have a port at the same time.
    for (const [index, source] of sources.entries()) {
      rows.push(...(await checksOf(source, `sources[${index + 1}] ${source.name}`, nowMs)))
    }
    return rows
  }
}

async function checksOf(source: SourceConfig, check: string, nowMs: number): Promise<CheckRow[]> {
  if (source.type === 'kafka') return []
  if (source.type === 'files') {
    return await Promise.all(source.paths.map((path) => pathCheck(`${check}`, path)))
  }
  if (source.transport === 'udp') return [await udpPortCheck(check, source)]
  const port = await tcpPortCheck(check, source)
  if (source.transport === 'tcp') return [port]
  const { tls } = source
  return [port, certificateCheck(`${check} tls`, tls, nowMs)]
}

/** The certificate can be read, its key belongs to it, and it holds today. */
function certificateCheck(
  check: string,
  tls: Parameters<typeof readServerTls>[0],
  nowMs: number,
): CheckRow {
  return trying(check, () => {
    const { cert } = readServerTls(tls)
    const problem = validityProblem(cert, nowMs)
    if (problem !== null) return failed(check, `the certificate in ${tls.certFile} ${problem}`)
    return passed(check, `the key ${tls.key.origin} belongs to the certificate ${tls.certFile}`)
  })
}

async function pathCheck(
  check: string,
  path: FilesSourceConfig['paths'][number],
): Promise<CheckRow> {
  const { sources, problems } = await expandInputs([path])
  const [problem] = problems
  if (problem !== undefined) return failed(check, `${problem.path}: ${problem.problem}`)
  for (const source of sources) {
    try {
      await access(source.path, constants.R_OK)
    } catch (error) {
      return failed(check, `${source.path} cannot be read: ${reasonOf(error)}`)
    }
  }
  return passed(check, `${path}: ${countOf(sources.length, 'file')} can be read`)
}

/** The port of health and metrics, and its token. */
export async function httpChecks({ http }: ServiceConfig): Promise<CheckRow[]> {
  if (http === null) return []
  const rows = [await tcpPortCheck('http', http)]
  const { token } = http
  if (token !== null) {
    rows.push(
      trying('http token', () => {
        token.read()
        return passed('http token', `there is one in ${token.origin}`)
      }),
    )
  }
  return rows
}
