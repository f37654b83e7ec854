import type { Command } from '../command.ts'

export const SIMULATE: Command = {
  name: 'simulate',
  describe: 'Writes the raw logs of a made-up organisation with known attacks, and the truth.',
  options: {
    world: { kind: 'value', describe: 'name of the world; --list shows them' },
    seed: {
      kind: 'value',
      describe: 'whole number; the same seed gives the same lines (default: 1)',
    },
    users: { kind: 'value', describe: 'accounts, 50 to 200,000 (default: 2000)' },
    days: { kind: 'value', describe: 'days, 1 to 400 (default: 45)' },
    'learning-days': {
      kind: 'value',
      describe: 'days at the beginning without attacks (default: a third of the days)',
    },
    out: {
      kind: 'value',
      describe:
        'new or empty folder for a log of each gateway, labels.ndjson, episodes.json and sekisho.yaml',
    },
    without: {
      kind: 'value',
      describe: 'honest processes and delivery faults that do not happen, separated by commas',
    },
    attacks: {
      kind: 'value',
      describe: 'attacks that happen, separated by commas, or none (default: all)',
    },
    list: { kind: 'switch', describe: 'shows worlds, processes, faults and attacks, and ends' },
    progress: {
      kind: 'value',
      describe: 'auto, always or never (default: auto, on a terminal)',
    },
  },
  operands: { usage: '', describe: 'It takes no operands.' },
  examples: [
    ['sekisho simulate --list', 'what there is to choose from'],
    ['sekisho simulate --world hospital --seed 7 --out made', '2,000 users, 45 days'],
    ['sekisho replay made --config made/sekisho.yaml', 'what Sekisho makes of it'],
    [
      'sekisho simulate --world bank --attacks none --without web-gateway --out quiet',
      'a world without attacks and without one honest process',
    ],
  ],
  load: async () => (await import('../simulate/simulate.ts')).simulateCommand,
}
