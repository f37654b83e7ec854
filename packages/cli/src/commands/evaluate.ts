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
    tune: {
      kind: 'switch',
      describe: 'worlds for tuning only, for who looks for better settings (default: off)',
    },
    quick: {
      kind: 'switch',
      describe:
        'small runs, the same each time, beside the last committed result; exit code 1 when a figure leaves its bounds (default: off)',
    },
    baseline: {
      kind: 'value',
      describe: 'with --quick: file of the last result (default: bench/evaluation/quick.json)',
    },
    update: { kind: 'switch', describe: 'with --quick: writes that file anew (default: off)' },
    control: {
      kind: 'value',
      describe:
        'a negative control: shuffled-labels, no-attacks or without-cause; exit code 1 when the figures do not follow',
    },
    rba: {
      kind: 'value',
      describe: 'CSV of the public RBA data set (Wiefling et al. 2022), read instead of worlds',
    },
    seeds: { kind: 'value', describe: 'runs of each world, 1 to 1000 (default: 20)' },
    'first-seed': {
      kind: 'value',
      describe: 'seed of the first run, the others follow it (default: 11)',
    },
    users: { kind: 'value', describe: 'accounts, 50 to 200,000 (default: 1500)' },
    days: {
      kind: 'value',
      describe: 'days, 9 to 400, the first third for learning (default: 45)',
    },
    processes: {
      kind: 'value',
      describe: 'runs at once, 1 to 64; they change no figure (default: 2)',
    },
    out: { kind: 'value', describe: 'file for the figures and every run in JSON' },
    html: { kind: 'value', describe: 'file for the figures as a page with plots' },
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
    ['sekisho evaluate --tune --output json', 'the worlds for tuning, for scripts'],
    ['sekisho evaluate --quick', 'what a change to a rule does, in under two minutes'],
    ['sekisho evaluate --out figures.json --html page.html', 'all runs, and the plots'],
    ['sekisho evaluate --control no-attacks --seeds 2', 'whether silence stays silent'],
  ],
  load: async () => (await import('../evaluate/evaluate.ts')).evaluate,
}
