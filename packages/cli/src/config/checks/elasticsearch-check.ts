import { elasticsearchProblemOf, statusOf } from '../../setup/elasticsearch-problem.ts'
import { versionProblem } from '../../setup/elasticsearch-version.ts'
import { elasticsearchAccessOf } from '../output-access.ts'
import type { ElasticsearchOutputConfig } from '../service-config.ts'
import { type CheckRow, failed, passed, unreachable, warned } from './check-row.ts'

/** Privileges that are named; the others are counted. */
const NAMED_MAX = 5

/**
 * Whether a cluster answers, what our login may do, and whether templates and stream are there. Writes nothing.
 * @throws UsageError when a file is missing or broken
 */
export async function elasticsearchRows(
  output: ElasticsearchOutputConfig,
  check: string,
  timeoutMs: number,
): Promise<CheckRow[]> {
  const access = elasticsearchAccessOf(output)
  const { checkPrivileges, clientOf, isSetUp } = await import('@sekisho/alert-sink/elasticsearch')
  const client = clientOf({ ...access, requestTimeoutMs: timeoutMs })
  const cluster = output.urls.join(', ')
  try {
    const privileges = await checkPrivileges(client, output.namespace)
    const rows = [
      versionRow(cluster, await versionOf(client), check),
      loginRow(privileges, `${check} login`),
    ]
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

interface Asked {
  info(): Promise<{ readonly version: { readonly number: string } }>
}

/** @returns null when the login may not ask, as one that is for running may not */
async function versionOf(client: Asked): Promise<string | null> {
  try {
    return (await client.info()).version.number
  } catch (error) {
    if (statusOf(error) === 403) return null
    throw error
  }
}

/** @param version null when it cannot be seen */
export function versionRow(cluster: string, version: string | null, check: string): CheckRow {
  if (version === null) return passed(check, `${cluster} answers and lets us in`)
  const problem = versionProblem(version)
  return problem === null
    ? passed(check, `${cluster} answers and lets us in, version ${version}`)
    : failed(check, problem)
}

interface Privileges {
  readonly missing: readonly string[]
  readonly tooMuch: readonly string[]
}

/** @param privileges what is missing of what running needs, and what a key for running should not have */
export function loginRow({ missing, tooMuch }: Privileges, check: string): CheckRow {
  const remedy = 'sekisho setup elasticsearch --create-key FILE makes a key that'
  if (missing.length > 0) return failed(check, `may not ${missing.join(', ')}; ${remedy} can`)
  if (tooMuch.length === 0) return passed(check, 'may write alerts and nothing else')
  const more = tooMuch.length - NAMED_MAX
  const named = `${tooMuch.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const why = 'may more than write alerts, which a thief of it could do, too'
  return warned(check, `${why}: ${named}; ${remedy} may not`)
}

interface Thing {
  readonly name: string
  readonly state: 'equal' | 'changed' | 'missing' | 'unknown'
}

/** @param things templates and stream, and how they compare with what this version puts there */
export function setUpRow(things: readonly Thing[], check: string): CheckRow {
  const namesOf = (...states: Thing['state'][]): string[] =>
    things.filter(({ state }) => states.includes(state)).map(({ name }) => name)
  const wrong = namesOf('missing', 'changed')
  if (wrong.length > 0) {
    const remedy = 'run sekisho setup elasticsearch'
    return failed(check, `missing or not of this version: ${wrong.join(', ')}; ${remedy}`)
  }
  return namesOf('unknown').length > 0
    ? passed(check, 'cannot be seen with this login, which may only write')
    : passed(check, 'are those of this version')
}
