import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { kibanaFiles, OBJECTS_FILE, RULE_FILE } from './kibana-files.ts'
import { fieldProblems } from './testing/field-problems.ts'
import { mappedCapabilities } from './testing/mapped-capabilities.ts'
import { readFiles } from './testing/read-files.ts'

const FOLDER = new URL('../../../deploy/kibana/', import.meta.url)

test.each(kibanaFiles())('$name is on record (UPDATE_GOLDEN=1 rewrites)', ({ name, text }) => {
  const golden = new URL(name, FOLDER)
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text)
  expect(text).toBe(readFileSync(golden, 'utf8'))
})

test('two files, in the form that Kibana takes, whose fields are mapped as their use needs', () => {
  const files = kibanaFiles()
  expect(files.map(({ name }) => name)).toEqual([OBJECTS_FILE, RULE_FILE])
  const { problems, readings } = readFiles(files)
  expect(problems).toEqual([])
  expect(readings.length).toBeGreaterThan(25)
  expect(readings.flatMap((each) => fieldProblems(each, mappedCapabilities(each.index)))).toEqual(
    [],
  )
})
