import type { Command } from '../command.ts'
import { ELASTICSEARCH_OPTIONS } from '../outputs/elasticsearch-options.ts'
import { PATHS, READING_OPTIONS } from '../reading/reading-options.ts'

export const REPLAY: Command = {
  name: 'replay',
  describe: 'Reads archived logs and shows the stolen logins in them.',
  options: {
    out: {
      kind: 'value',
      describe:
        'file for the alerts, one ECS document per line; - for standard output (default: alerts.ndjson)',
    },
    signals: {
      kind: 'value',
      describe:
        'file for what is too weak for an alert, in the same form; - for standard output (default: they are only counted)',
    },
    state: {
      kind: 'value',
      describe:
        'file to go on from and to write back: history is kept, and the last days stay open for lines that come later. Their alerts are provisional; a later run says the last word under the same id, and tells what was said before from what is new',
    },
    revisions: {
      kind: 'switch',
      describe:
        'every word on each alert as a live run would have said it, in the order in which the lines are read: first word, revisions, retractions, final. The clock is the latest event time; a line more than two days ahead sets it only when ten in a row are',
    },
    output: {
      kind: 'value',
      describe: 'text or json: the result on standard output (default: text)',
    },
    from: {
      kind: 'value',
      describe:
        'alerts from this time on; earlier lines are still read, for history: 2026-03-10, 2026-03-10T04:00:00+09:00; UTC without a zone',
    },
    to: {
      kind: 'value',
      describe: 'alerts before this time; later lines are still read',
    },
    'fail-on': {
      kind: 'value',
      describe:
        'medium, high or critical: exit code 1 when there is an alert as bad or worse; with --state only for one that no run before has said to be so bad',
    },
    ...READING_OPTIONS,
    ...ELASTICSEARCH_OPTIONS,
  },
  operands: PATHS,
  examples: [
    ['sekisho replay /var/log/vpn', 'every file of a folder, compressed or not'],
    ["sekisho replay 'fw*.log.gz' --timezone Asia/Tokyo", 'lines without a zone are Tokyo time'],
    ['zcat old.gz | sekisho replay - --out old.ndjson', 'from standard input'],
    ['sekisho replay today.log --state vpn.state', 'goes on where the run before stopped'],
    [
      'sekisho replay logs --output json --fail-on high',
      'for scripts: exit code 1 on high or critical',
    ],
    [
      'sekisho replay logs --elasticsearch https://es:9200 --elasticsearch-api-key-file es.key',
      'the alerts into a cluster as well; again and again leaves the same',
    ],
  ],
  load: async () => (await import('../replay/replay.ts')).replay,
}
