import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Random } from '../../make/random.mjs'
import { Archive } from './archive.mjs'
import { fortigateFailure, fortigateSession } from './fortigate.mjs'
import { pulseFailure, pulseSession } from './pulse.mjs'
import { dateAfter, instantOf, MINUTE, SECOND, weekdayOf } from './time.mjs'

export const JAPAN = { zone: 'Asia/Tokyo', offsetMinutes: 540 }
export const CHINA = { zone: 'Asia/Shanghai', offsetMinutes: 480 }
/** The gateway keeps winter time. */
export const AMERICA_EAST = { zone: '-05:00', offsetMinutes: -300 }

export function fortigate(name, place, pool = '10.212.134') {
  return { vendor: 'fortigate', name, serial: `FG100FTK${new Random(name).digits(8)}`, pool, ...place }
}

export function pulse(name, place) {
  return { vendor: 'pulse-secure', name, pool: '10.60.4', ...place }
}

/** One organisation, what happens to it, and what must be said of it. */
export class Story {
  archive = new Archive()
  /** What must be found: rule, entity, window, severity at least; `knownGap` where the rule is not built. */
  alerts = []
  /** What looks like an attack and is none. */
  silent = []

  constructor(name, gateways, networks = []) {
    this.name = name
    this.gateways = gateways
    this.networks = networks
    this.random = new Random(name)
  }

  get gateway() {
    return this.gateways[0]
  }

  at(date, clockText, gateway = this.gateway) {
    return instantOf(gateway, date, clockText)
  }

  fail(attempt, gateway = this.gateway) {
    const write = gateway.vendor === 'fortigate' ? fortigateFailure : pulseFailure
    write(this.archive, gateway, { reason: 'permission_denied', ...attempt })
  }

  session(session, gateway = this.gateway) {
    const write = gateway.vendor === 'fortigate' ? fortigateSession : pulseSession
    write(this.archive, gateway, session, this.random)
  }

  /**
   * Everybody's working days, from `date` for `days` days: a session from home on nine weekdays of ten, one login in
   * twenty-five after a typing error.
   *
   * @param isTold `(name, date)` true where a day is told elsewhere
   */
  workdays(people, date, days, { gateway = this.gateway, isTold = () => false } = {}) {
    for (const { name, home } of people) {
      const random = this.random.fork(`workdays/${name}`)
      for (let i = 0; i < days; i++) {
        const today = dateAfter(date, i)
        const isOff = [0, 6].includes(weekdayOf(today)) || random.chance(0.1)
        const startMs = this.at(today, '08:30', gateway) + random.integer(0, 50 * 60) * SECOND
        const endMs = this.at(today, '17:00', gateway) + random.integer(0, 90 * 60) * SECOND
        const isTyping = random.chance(0.04)
        if (isOff || isTold(name, today)) continue
        if (isTyping) this.fail({ user: name, line: home, timeMs: startMs - MINUTE / 2 }, gateway)
        this.session({ user: name, line: home, startMs, endMs }, gateway)
      }
    }
  }

  /** Writes logs, settings and expectation into `folder/name`; returns the number of lines. */
  write(folder) {
    const target = join(folder, this.name)
    mkdirSync(target, { recursive: true })
    const counts = this.archive.write(target)
    const lines = Object.values(counts).reduce((sum, count) => sum + count, 0)
    writeFileSync(join(target, 'sekisho.yaml'), this.#settings())
    const { alerts, silent } = this
    const expected = { alerts, nothingElseAtMediumOrAbove: true, silent, counts: { lines, ...counts } }
    writeFileSync(join(target, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`)
    return lines
  }

  #settings() {
    const rows = [`tenant: ${this.name}`, `timezone: '${this.gateway.zone}'`]
    if (this.networks.length > 0) rows.push('networks:', ...this.networks.map((row) => `  - ${row}`))
    return `${rows.join('\n')}\n`
  }
}
