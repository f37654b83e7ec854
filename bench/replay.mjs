// Replays a million generated FortiGate lines with every rule and prints lines per CPU second and peak memory.
// Usage: npm run bench [-- LINES [RUNS]]     (after npm run build; the corpus is kept in .cache/)
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeCorpus } from './corpus.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const lines = Number(process.argv[2] ?? 1_000_000)
const runs = Number(process.argv[3] ?? 3)
const corpus = join(root, '.cache', `bench-${lines}.log`)
const out = join(root, '.cache', 'bench-alerts.ndjson')
mkdirSync(dirname(corpus), { recursive: true })
if (!existsSync(corpus)) {
  process.stderr.write(`writing ${lines} lines to .cache/bench-${lines}.log\n`)
  writeCorpus(corpus, lines)
}

const measured = []
for (let run = 0; run < runs; run++) {
  const args = [
    '--import',
    join(root, 'bench', 'usage.mjs'),
    join(root, 'packages/cli/bin/sekisho.js'),
  ]
  const startedNs = process.hrtime.bigint()
  const { status, stderr } = spawnSync(
    process.execPath,
    [...args, 'replay', corpus, '--out', out],
    {
      encoding: 'utf8',
      cwd: root,
    },
  )
  const wallS = Number(process.hrtime.bigint() - startedNs) / 1e9
  const usage = stderr.match(/^bench-usage (.*)$/m)
  if (status !== 0 || usage === null) throw new Error(`replay failed (${status}):\n${stderr}`)
  const { cpuS, peakMiB } = JSON.parse(usage[1])
  measured.push({ cpuS, wallS, peakMiB, perCpuS: lines / cpuS })
  const rate = Math.round(lines / cpuS).toLocaleString('en')
  process.stdout.write(
    `run ${run + 1}: ${rate} lines per CPU second, ${cpuS.toFixed(2)} s CPU, ${wallS.toFixed(2)} s wall, ${peakMiB} MiB peak\n`,
  )
}

const sorted = (key) => measured.map((m) => m[key]).sort((a, b) => a - b)
const median = (key) => sorted(key)[Math.floor(measured.length / 2)]
const range = (key) =>
  `${Math.round(sorted(key)[0]).toLocaleString('en')} – ${Math.round(sorted(key).at(-1)).toLocaleString('en')}`
process.stdout.write(
  `median of ${runs}: ${Math.round(median('perCpuS')).toLocaleString('en')} lines per CPU second (${range('perCpuS')}), peak ${Math.round(median('peakMiB'))} MiB, ${(statSync(corpus).size / 1e6).toFixed(0)} MB of log\n`,
)
