import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import {
  clientOf,
  createRunningKey,
  deleteBefore,
  invalidateOlderKeys,
  isSetUp,
  monthsBefore,
  setUpElasticsearch,
} from '@sekisho/alert-sink/elasticsearch'
import type { CommandRun } from '../command.ts'
import { elasticsearchAccessOf } from '../config/output-access.ts'
import { reasonOf } from '../config/secret.ts'
import type { ElasticsearchOutputConfig } from '../config/service-config.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import type { OptionValues } from '../option-values.ts'
import { UsageError } from '../usage-error.ts'
import { clusterOf } from './elasticsearch-access.ts'
import { elasticsearchProblemOf, statusOf } from './elasticsearch-problem.ts'
import { versionProblem } from './elasticsearch-version.ts'

type Client = ReturnType<typeof clientOf>

const RETENTION = '400d'
const REPLICAS = 1

interface Wishes {
  readonly namespace: string
  readonly replicas: number
  readonly retention: string
  readonly keyPath: string | null
  readonly isOlderKeyRevoked: boolean
  readonly deletedBefore: string | null
  readonly isDryRun: boolean
}

/** `sekisho setup elasticsearch`: templates, data stream and the key of the services; safe to repeat. */
export const setupElasticsearch: CommandRun = async (_operands, values, io) => {
  const cluster = clusterOf(values, io.environment)
  const wishes = wishesOf(values, cluster)
  const client = clientOf(elasticsearchAccessOf(cluster))
  try {
    await refuseOldVersion(client)
    if (wishes.isDryRun) await tellPlan(client, wishes, io)
    else await carryOut(client, wishes, io)
    return EXIT.done
  } catch (error) {
    const problem = elasticsearchProblemOf(error)
    if (problem === null) throw error
    const sentence = `${cluster.urls.join(', ')} ${problem.sentence}`
    if (!problem.isAway) throw new UsageError(sentence)
    await io.stderr.write(`sekisho: ${sentence}\n`)
    return EXIT.unreachable
  } finally {
    await client.close()
  }
}

function wishesOf(values: OptionValues, { namespace }: ElasticsearchOutputConfig): Wishes {
  const retention = values.text('retention') ?? RETENTION
  if (!/^[1-9]\d{0,5}[dhm]$/.test(retention)) {
    throw values.wrong('retention', 'must be a time such as 400d')
  }
  const replicas = values.text('replicas') ?? String(REPLICAS)
  if (!/^\d{1,2}$/.test(replicas)) throw values.wrong('replicas', 'must be a whole number')
  const deletedBefore = values.text('delete-before')
  if (deletedBefore !== null && !/^\d{4}-(0[1-9]|1[0-2])$/.test(deletedBefore)) {
    throw values.wrong('delete-before', 'must be a month such as 2026-03')
  }
  const keyPath = values.text('create-key')
  const isOlderKeyRevoked = values.isOn('revoke-older-keys', false)
  if (isOlderKeyRevoked && keyPath === null) {
    throw new UsageError('--revoke-older-keys needs --create-key')
  }
  const isDryRun = values.isOn('dry-run', false)
  return {
    ...{ namespace, retention, keyPath, isOlderKeyRevoked, deletedBefore, isDryRun },
    replicas: Number(replicas),
  }
}

async function refuseOldVersion(client: Client): Promise<void> {
  const { version } = await client.info()
  const problem = versionProblem(version.number)
  if (problem !== null) throw new UsageError(problem)
}

async function tellPlan(client: Client, wishes: Wishes, io: Io): Promise<void> {
  const { things } = await isSetUp(client, wishes)
  const say = (line: string): Promise<void> => io.stdout.write(`${line}\n`)
  for (const { kind, name, state } of things) {
    if (state === 'equal') await say(`the ${kind} ${name} is there already`)
    else if (state === 'unknown')
      await say(`cannot see the ${kind} ${name}: the login may not look`)
    else await say(`would ${state === 'missing' ? 'create' : 'change'} the ${kind} ${name}`)
  }
  const { deletedBefore, keyPath } = wishes
  for (const index of deletedBefore === null ? [] : await monthsBefore(client, deletedBefore)) {
    await say(`would delete ${index}`)
  }
  if (keyPath !== null) await say(`would create a key and write it to ${keyPath}`)
}

async function carryOut(client: Client, wishes: Wishes, io: Io): Promise<void> {
  const say = (line: string): Promise<void> => io.stdout.write(`${line}\n`)
  // Before anything else: a file that cannot be written would leave a key that nobody has.
  const key = wishes.keyPath === null ? null : new KeyFile(wishes.keyPath)
  try {
    for (const line of await setUpElasticsearch(client, wishes)) await say(line)
    if (wishes.deletedBefore !== null) {
      const deleted = await deleteBefore(client, wishes.deletedBefore)
      for (const index of deleted) await say(`deleted ${index}`)
      if (deleted.length === 0) await say(`nothing is older than ${wishes.deletedBefore}`)
    }
    if (key === null) return
    await createKey(client, key, wishes, say)
  } finally {
    key?.discard()
  }
}

async function createKey(
  client: Client,
  file: KeyFile,
  { namespace, isOlderKeyRevoked }: Wishes,
  say: (line: string) => Promise<void>,
): Promise<void> {
  const name = `sekisho-${namespace}`
  const encoded = await runningKey(client, namespace, name)
  file.write(encoded)
  await say(`created the key ${name}, which may write alerts and nothing else, in ${file.path}`)
  if (!isOlderKeyRevoked) return
  const revoked = await invalidateOlderKeys(client, name, encoded)
  await say(
    revoked.length === 0
      ? 'there were no older keys'
      : `revoked ${revoked.length} older: ${revoked.join(', ')}`,
  )
}

async function runningKey(client: Client, namespace: string, name: string): Promise<string> {
  try {
    return await createRunningKey(client, namespace, name)
  } catch (error) {
    if (statusOf(error) !== 400) throw error
    throw new UsageError(
      '--create-key: a login by API key cannot make keys with privileges: use --elasticsearch-username',
    )
  }
}

/** A file for a secret that must not be there yet; without the secret it goes again. */
class KeyFile {
  readonly path: string
  #isWritten = false

  /** @throws UsageError */
  constructor(path: string) {
    this.path = path
    try {
      closeSync(openSync(path, 'wx', 0o600))
    } catch (error) {
      const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST'
      const why = isThere ? 'is there already, and may be in use' : reasonOf(error)
      throw new UsageError(`--create-key: ${path} cannot be written: ${why}`)
    }
  }

  write(text: string): void {
    writeFileSync(this.path, `${text}\n`)
    this.#isWritten = true
  }

  discard(): void {
    if (!this.#isWritten) rmSync(this.path, { force: true })
  }
}
