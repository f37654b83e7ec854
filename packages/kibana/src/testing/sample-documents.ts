import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AlertBody, type AlertDocument, documentOf } from '@sekisho/alert-sink'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const SEKISHO = ['--conditions=@sekisho/source', 'packages/cli/src/main.ts']

/**
 * The alerts that `sekisho replay samples` finds; and each once more as if its line had come late, and as if it were not final yet,
 * which the samples, read at one time, have none of.
 */
export function sampleDocuments(): AlertDocument[] {
  const found = replayedSamples()
  return [
    ...found,
    ...found.map((body, i) => changed(body, `${i}-provisional`, { state: 'provisional' })),
    ...found.map((body, i) =>
      changed(body, `${i}-retracted`, {
        state: 'retracted',
        late_beyond_horizon: true,
        superseded_by: 'event',
      }),
    ),
  ].map((body) => documentOf(JSON.stringify(body)))
}

function replayedSamples(): AlertBody[] {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  try {
    const out = join(folder, 'alerts.ndjson')
    const flags = [...SEKISHO, 'replay', 'samples', '--out', out]
    const { status, stderr } = spawnSync(process.execPath, flags, { cwd: ROOT, encoding: 'utf8' })
    if (status !== 0) throw new Error(`replay samples: ${stderr}`)
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n')
    return lines.map((line) => JSON.parse(line) as AlertBody)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function changed(body: AlertBody, id: string, change: Partial<AlertBody['sekisho']>): AlertBody {
  const { sekisho, event } = body
  const alert = { ...sekisho.alert, id, is_fresh: change.state !== 'retracted' }
  return { ...body, event: { ...event, id }, sekisho: { ...sekisho, ...change, alert } }
}
