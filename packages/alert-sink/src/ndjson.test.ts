import { expect, test } from '@jest/globals'
import { NdjsonAlertSink } from './ndjson.ts'
import { SAMPLE_ALERT } from './testing/sample-alert.ts'

test('one document a line, in the order given, whatever the texts hold', async () => {
  const written: string[] = []
  let commits = 0
  const output = {
    write: async (text: string) => {
      written.push(text)
    },
    commit: () => {
      commits++
    },
  }
  const run = { id: 'r', mode: 'batch', createdMs: 0, emittedAtMs: 0, ingestedMs: 0 } as const
  const sink = new NdjsonAlertSink(output, () => run)
  await sink.write({ ...SAMPLE_ALERT, id: 'first', userName: 'a\nb\u2028c\u0000"' })
  await sink.write({ ...SAMPLE_ALERT, id: 'second' })
  expect(commits).toBe(0)
  await sink.close()
  expect(commits).toBe(1)
  const lines = written.join('').split('\n')
  expect(lines.pop()).toBe('')
  const documents = lines.map((line) => JSON.parse(line))
  expect(documents.map((document) => document.event.id)).toStrictEqual(['first', 'second'])
  expect(documents[0].user.name).toBe('a\nb\u2028c\u0000"')
  expect(written.join('')).not.toContain('\u2028')
})
