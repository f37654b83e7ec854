import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { OutputFile } from '@sekisho/alert-sink'
import { kibanaFiles } from '@sekisho/kibana'
import type { CommandRun } from '../command.ts'
import { reasonOf } from '../config/secret.ts'
import { EXIT } from '../exit-code.ts'
import { UsageError } from '../usage-error.ts'

/** `sekisho setup kibana --out FOLDER`: files for Kibana's imports; safe to repeat. */
export const setupKibana: CommandRun = async (_operands, values, io) => {
  const folder = values.text('out')
  if (folder === null) {
    throw new UsageError('sekisho setup kibana needs --out FOLDER: where the files are written to')
  }
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw values.wrong('out', `${folder} cannot be made: ${reasonOf(error)}`)
  }
  for (const { name, text } of kibanaFiles()) {
    const file = new OutputFile(join(folder, name))
    try {
      file.write(text)
      file.commit()
    } finally {
      file.discard()
    }
    await io.stdout.write(`wrote ${join(folder, name)}\n`)
  }
  await io.stdout.write(
    'import the objects under Stack Management, Saved Objects, and the rule under Security, Rules (docs/integration.md)\n',
  )
  return EXIT.done
}
