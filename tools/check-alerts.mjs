// Recomputes alerts from the raw lines that they point at, without any code of the program:
//
//   node tools/check-alerts.mjs ALERTS.ndjson [--logs FOLDER] [--given]
//
// One line for each alert, its disagreements below it, then the sum. Exit code 1 when any number is wrong, 2 when the
// file cannot be read or holds no alert. `--given` lists the numbers that only the history could show.

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkAlert } from './check-alerts/check-alert.mjs'
import { RawFiles } from './check-alerts/raw-files.mjs'

const USAGE = 'Usage: node tools/check-alerts.mjs ALERTS.ndjson [--logs FOLDER] [--given]'

function documentsOf(path) {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line))
}

function run(path, folder, isGivenListed) {
  const files = new RawFiles(folder)
  const documents = documentsOf(path)
  const total = { numbers: 0, facts: 0, given: 0, wrong: 0 }
  for (const document of documents) {
    const { numbers, facts, given, wrong } = checkAlert(document, files)
    const what = `${document.rule?.id} ${document.sekisho?.alert?.entity}`
    const isRight = wrong.length === 0
    console.log(`${isRight ? 'ok' : 'WRONG'} ${what} ${numbers} numbers, ${facts} other facts`)
    for (const each of wrong) console.log(`  ${each}`)
    if (isGivenListed) for (const { path: at, why } of given) console.log(`  given: ${at} (${why})`)
    total.numbers += numbers
    total.facts += facts
    total.given += given.length
    total.wrong += wrong.length
  }
  console.log(
    `${documents.length} alerts, ${total.numbers} numbers recomputed, ${total.wrong} wrong ` +
      `(${total.facts} other facts compared, ${total.given} numbers taken as given)`,
  )
  return documents.length === 0 ? 2 : Number(total.wrong > 0)
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { logs: { type: 'string', default: '.' }, given: { type: 'boolean', default: false } },
  })
  if (positionals.length !== 1) throw new Error(USAGE)
  process.exitCode = run(positionals[0], values.logs, values.given)
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
}
