import { ATTACKS, DELIVERY_FAULTS, PROCESSES, WORLDS } from '@sekisho/simulate'

/** Everything that there is to choose from, with a sentence each. */
export function listText(): string {
  const worlds = WORLDS.map(({ name, purpose, describe }) => ({
    name,
    describe: `(${purpose}) ${describe}`,
  }))
  const attacks = ATTACKS.map(({ kind, describe }) => ({ name: kind, describe }))
  return [
    ['Worlds (--world)', worlds],
    ['Honest processes (--without)', PROCESSES],
    ['Faults of clocks and delivery (--without)', DELIVERY_FAULTS],
    ['Attacks (--attacks)', attacks],
  ]
    .map(([title, rows]) => sectionOf(title as string, rows as typeof attacks))
    .join('\n')
}

function sectionOf(
  title: string,
  rows: readonly { readonly name: string; readonly describe: string }[],
): string {
  const width = Math.max(...rows.map(({ name }) => name.length))
  const lines = rows.map(({ name, describe }) => `  ${name.padEnd(width)}  ${describe}\n`)
  return `${title}:\n${lines.join('')}`
}
