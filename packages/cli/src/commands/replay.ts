import type { Command } from '../command.ts'
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
      describe: 'low, medium, high or critical: exit code 1 when there is an alert as bad or worse',
    },
    ...READING_OPTIONS,
  },
  operands: PATHS,
  examples: [
    ['sekisho replay /var/log/vpn', 'every file of a folder, compressed or not'],
    ["sekisho replay 'fw*.log.gz' --timezone Asia/Tokyo", 'lines without a zone are Tokyo time'],
    ['zcat old.gz | sekisho replay - --out old.ndjson', 'from standard input'],
    [
      'sekisho replay logs --output json --fail-on high',
      'for scripts: exit code 1 on high or critical',
    ],
  ],
  load: async () => (await import('../replay/replay.ts')).replay,
}
