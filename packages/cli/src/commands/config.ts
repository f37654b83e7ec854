import type { Command } from '../command.ts'
import { SERVICE_OPTIONS } from '../config/settings.ts'

export const CONFIG: Command = {
  name: 'config',
  describe: 'Checks the configuration, shows what is in force and where it comes from.',
  options: {
    connect: {
      kind: 'switch',
      describe:
        'validate: tries sources, ports, certificates, folders and Kafka, too; nothing is changed',
    },
    origin: {
      kind: 'switch',
      describe: 'show: adds to each value the flag, variable, line or default it comes from',
    },
    ...SERVICE_OPTIONS,
  },
  operands: {
    usage: 'validate | show | schema',
    describe:
      'validate prints PASS or FAIL for everything it looked at (exit code 2: a mistake, 4: a service does not answer); show prints YAML without secrets; schema prints the JSON Schema of sekisho.yaml for editors.',
  },
  examples: [
    ['sekisho config validate --connect', 'before a service is started'],
    ['sekisho config show --origin', 'what is in force, and why'],
    ['sekisho config schema > sekisho.schema.json', 'for an editor that completes keys'],
  ],
  async load() {
    const { topicsCheck } = await import('../setup/setup-kafka.ts')
    return (await import('../config/config-command.ts')).configCommandOf([topicsCheck])
  },
}
