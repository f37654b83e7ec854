import { expect, test } from '@jest/globals'
import { bugText } from './run.ts'
import { ran } from './testing/fake-io.ts'

const mistakes: [string[], string][] = [
  [['repaly', 'x'], 'unknown command repaly; did you mean replay?'],
  [['frobnicate'], 'unknown command frobnicate; sekisho --help lists the commands'],
  [['re\u001b[2Jplay'], 'unknown command re\\u{1b}[2Jplay; sekisho --help lists the commands'],
  [['replay', '--ouput', 'json', 'x'], 'unknown option --ouput; did you mean --output?'],
  [['replay', '--opensearch', 'u', 'x'], 'unknown option --opensearch'],
  [['replay', '-x', 'x'], 'unknown option -x'],
  [['parse', '--out', 'y', 'x'], 'unknown option --out'],
  [['replay', '--__proto__.polluted=1', 'x'], 'unknown option --__proto__.polluted'],
  [['replay', 'x', '--out'], '--out needs a value'],
  [['replay', '--out', '--rejected', 'x'], '--out needs a value'],
  [['replay', '--no-out', 'x'], '--out needs a value'],
  [['replay', '--out', 'a', '--out', 'b', 'x'], '--out was given more than once'],
  [
    ['replay', 'x', '--output', 'jsn'],
    '--output must be text or json, not "jsn"; did you mean json?',
  ],
  [
    ['replay', 'x', '--from', '2026-02-30'],
    '--from must be a time such as 2026-03-10 or 2026-03-10T04:00:00+09:00, not "2026-02-30"',
  ],
  [['replay', 'x', '--from', '2026-03-02', '--to', '2026-03-01'], '--to must be later than --from'],
  [
    ['replay', 'x', '--out', '-', '--output', 'json'],
    '--out - and --output json both want standard output; use one of them',
  ],
  [
    ['parse', 'x', '--timezone', 'Asia/Tokio'],
    '--timezone is not a time zone (Asia/Tokyo, UTC, +09:00): "Asia/Tokio"; did you mean Asia/Tokyo?',
  ],
  [
    ['replay'],
    'sekisho replay needs at least one PATH: a file, a folder, a glob or - for standard input',
  ],
  [['parse', 'x', '--config', '/nowhere.yaml'], '/nowhere.yaml cannot be read: no such file'],
]

test.each(mistakes)('%j is one sentence and exit code 2', async (args, sentence) => {
  expect(await ran(args)).toStrictEqual({ code: 2, stdout: '', stderr: `sekisho: ${sentence}\n` })
})

test('an environment variable is named when it is the mistake', async () => {
  const { code, stderr } = await ran(['replay', 'x'], {
    environment: { SEKISHO_FORMAT: 'fortgate' },
  })
  expect(code).toBe(2)
  expect(stderr).toBe(
    'sekisho: SEKISHO_FORMAT must be auto, fortigate or pulse-secure, not "fortgate"; did you mean fortigate?\n',
  )
})

test('help is data: on standard output, code 0; without a command code 2', async () => {
  const help = await ran(['--help'])
  expect(help).toMatchObject({ code: 0, stderr: '' })
  expect(help.stdout).toContain('sekisho replay')
  expect(await ran(['help'])).toStrictEqual(help)
  expect(await ran([])).toStrictEqual({ ...help, code: 2 })
  expect(await ran(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n' })
})

test.each(['replay', 'parse'])('the help of %s shows its options and examples', async (name) => {
  const { code, stdout } = await ran([name, '--help'])
  expect(code).toBe(0)
  for (const text of [`Usage: sekisho ${name}`, '--timezone', '--rejected', 'Examples:', '- for']) {
    expect(stdout).toContain(text)
  }
  expect(stdout.split('\n').every((line) => line.length <= 100)).toBe(true)
  expect(await ran(['help', name])).toMatchObject({ stdout })
  expect(await ran([name, '-h'])).toMatchObject({ stdout })
})

test('a bug is one sentence and where to report it; the stack only when asked for', () => {
  const error = new Error('a\u001b[31m broke')
  const text = bugText(error, { environment: {} })
  expect(text).toContain('this is a bug in sekisho 0.1.0: a\\u{1b}[31m broke\nPlease report it')
  expect(text.trimEnd().split('\n')).toHaveLength(2)
  expect(bugText(error, { environment: { SEKISHO_DEBUG: '1' } })).toContain('run.test.ts')
})
