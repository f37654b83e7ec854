import type { Command } from '../command.ts'

export const EVALUATE: Command = {
  name: 'evaluate',
  describe:
    'Shows how much the detector finds in made-up organisations, and how often it is wrong.',
  options: {
    worlds: {
      kind: 'value',
      describe:
        'report, tuning, or names of worlds separated by commas (default: report); sekisho simulate --list shows them',
    },
    seeds: { kind: 'value', describe: 'runs of each world, 1 to 1000 (default: 20)' },
    'first-seed': {
      kind: 'value',
      describe: 'seed of the first run, the others follow it (default: 11)',
    },
    users: { kind: 'value', describe: 'accounts, 50 to 200,000 (default: 2000)' },
    days: {
      kind: 'value',
      describe: 'days, 9 to 400, the first third for learning (default: 45)',
    },
    processes: {
      kind: 'value',
      describe: 'runs at once, 1 to 64; they change no figure (default: 2)',
    },
    out: { kind: 'value', describe: 'file for the figures and every run in JSON' },
    output: {
      kind: 'value',
      describe: 'text or json: the figures on standard output (default: text)',
    },
    progress: {
      kind: 'value',
      describe: 'auto, always or never (default: auto, on a terminal)',
    },
  },
  operands: { usage: '', describe: 'It takes no operands.' },
  examples: [
    ['sekisho evaluate', 'the worlds for reporting, 20 runs of each'],
    ['sekisho evaluate --worlds bank,hospital --seeds 2', 'two worlds, two runs of each'],
    ['sekisho evaluate --worlds tuning --output json', 'for scripts'],
  ],
  load: async () => (await import('../evaluate/evaluate.ts')).evaluate,
}
