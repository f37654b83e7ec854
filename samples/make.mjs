/**
 * Writes the sample logs and expected.json beside this file: `node samples/make.mjs`.
 * The same script writes the same lines every time; README.md tells the story.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeAdministration, writePulseSystem } from './make/administration.mjs'
import { VICTIM_DAYS, writeAttacks } from './make/attacks.mjs'
import { writeBackground } from './make/background.mjs'
import { GERMANY_MINUTES, instantOf, MINUTE } from './make/clock.mjs'
import { writeDamage } from './make/damage.mjs'
import { EXPIRY_DAY, expiredUsers, writeExpiryMorning } from './make/expiry-morning.mjs'
import { writeFiles } from './make/files.mjs'
import { Journal } from './make/journal.mjs'
import { Random } from './make/random.mjs'
import { writeSiteTunnel } from './make/site-tunnel.mjs'
import { TOLD_DAYS, writeTraps } from './make/traps.mjs'
import { writeWorkdays } from './make/workdays.mjs'

const folder = import.meta.dirname
const random = new Random('Hoshikawa Keisoku, March 2026')
const journal = new Journal()

const expired = new Set(expiredUsers().map((user) => user.name))

function isTold(name, dayOfMarch) {
  if (dayOfMarch === EXPIRY_DAY && expired.has(name)) return true
  return [TOLD_DAYS, VICTIM_DAYS].some((days) => days[name]?.includes(dayOfMarch))
}

writeWorkdays(journal, isTold, random.fork('workdays'))
const expiry = writeExpiryMorning(journal, random.fork('expiry morning'))
const traps = writeTraps(journal, random.fork('traps'))
const mustFind = writeAttacks(journal, random.fork('attacks'))
writeBackground(journal, random.fork('background'))
const branch = { address: '198.51.100.77', tunnel: 'to-nagoya' }
writeSiteTunnel(journal, 'tokyo', branch, random.fork('site tunnel/tokyo'))
const plant = { address: '203.0.113.40', tunnel: 'to-leipzig' }
writeSiteTunnel(journal, 'frankfurt', plant, random.fork('site tunnel/frankfurt'))
writeAdministration(journal, random.fork('administration'))
writePulseSystem(journal, 'osaka', random.fork('pulse system'))
const damaged = writeDamage(journal, random.fork('damage'))

const restartMs = instantOf(GERMANY_MINUTES, 5, '10:00')
journal.repeat('frankfurt', restartMs - 20 * MINUTE, restartMs, 21 * MINUTE)

const files = writeFiles(journal, folder)
const lines = Object.values(files).reduce((sum, count) => sum + count, 0)
const expected = {
  mustFind,
  nothingElseAtMediumOrAbove: true,
  mustNotFind: [expiry, ...traps],
  counts: { lines, damaged, files },
}
writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`)
process.stdout.write(`${lines} lines in ${Object.keys(files).length} files\n`)
