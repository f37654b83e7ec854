// Replays a million generated FortiGate lines with every rule and prints lines per CPU second and peak memory, for a
// log of VPN lines only and for a firewall's archive (95 % traffic).
// Usage: npm run bench [-- LINES [RUNS]]     the corpora are kept in .cache/
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeCorpus } from './corpus.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const lines = Number(process.argv[2] ?? 1_000_000)
const runs = Number(process.argv[3] ?? 3)
const out = join(root, '.cache', 'bench-alerts.ndjson')
mkdirSync(dirname(out), { recursive: true })

for (const mix of ['vpn', 'archive']) {
  const corpus = join(root, '.cache', `bench-${mix}-${lines}.log`)
  if (!existsSync(corpus)) writeCorpus(corpus, lines, mix)
  const measured = Array.from({ length: runs }, () => replayed(corpus))
  const rates = measured.map(({ cpuS }) => Math.round(lines / cpuS))
  const peaks = measured.map(({ peakMiB }) => peakMiB)
  process.stdout.write(
    `${mix.padEnd(8)} ${shown(medianOf(rates))} lines per CPU second (${shown(Math.min(...rates))} to ${shown(Math.max(...rates))}, ${runs} runs), ` +
      `peak ${medianOf(peaks)} MiB, ${(statSync(corpus).size / 1e6).toFixed(0)} MB of log\n`,
  )
}

/** One replay in a process of its own: CPU seconds of all its threads, and its peak memory. */
function replayed(corpus) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      join(root, 'bench', 'usage.mjs'),
      join(root, 'packages/cli/bin/sekisho.js'),
      ...['replay', corpus, '--out', out],
    ],
    { encoding: 'utf8', cwd: root, maxBuffer: 1 << 28 },
  )
  const usage = stderr.match(/^bench-usage (.*)$/m)
  if (status !== 0 || usage === null) throw new Error(`replay failed (${status}):\n${stderr}`)
  return JSON.parse(usage[1])
}

function medianOf(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

function shown(value) {
  return value.toLocaleString('en')
}
