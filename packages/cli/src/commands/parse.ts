import type { Command } from '../command.ts'
import { PATHS, READING_OPTIONS } from '../reading/reading-options.ts'

export const PARSE: Command = {
  name: 'parse',
  describe: 'Writes one ECS document (JSON) for every authentication event to standard output.',
  options: {
    all: {
      kind: 'switch',
      describe: 'writes ignored and rejected lines too, with the kind or the reason',
    },
    locate: {
      kind: 'switch',
      describe: 'adds source.geo and source.as; --no-locate leaves them out (default: on)',
    },
    ...READING_OPTIONS,
  },
  operands: PATHS,
  examples: [
    ['sekisho parse vpn.log --timezone Asia/Tokyo', 'one line of JSON for each event'],
    ["sekisho parse logs | jq 'select(.sekisho.decides_login)'", 'one document for each login'],
    ['sekisho parse --all --no-locate - < vpn.log', 'what became of every line'],
  ],
  load: async () => (await import('../parse/parse.ts')).parse,
}
