import type { KibanaFile } from '../kibana-files.ts'
import { OBJECTS_FILE, RULE_FILE } from '../kibana-files.ts'
import { entriesOf } from './lines.ts'
import type { Reading } from './reading.ts'
import { readingsOf } from './readings.ts'
import { rule, ruleReading } from './rule.ts'
import { readObjects } from './structure.ts'

/** What is wrong with the form of the files, and every question that they make Kibana ask. */
export function readFiles(files: readonly KibanaFile[]): {
  problems: string[]
  readings: Reading[]
} {
  const textOf = (name: string) => files.find((file) => file.name === name)?.text ?? ''
  const { objects, problems } = readObjects(textOf(OBJECTS_FILE))
  const rules = entriesOf(textOf(RULE_FILE)).map((entry) => rule.safeParse(entry))
  for (const { error } of rules)
    problems.push(...(error?.issues ?? []).map(({ message }) => message))
  const read = rules.flatMap(({ data }) => (data === undefined ? [] : [ruleReading(data)]))
  return { problems, readings: [...readingsOf(objects), ...read] }
}
