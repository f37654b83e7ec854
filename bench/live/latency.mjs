// How long from a line to its alert on the topic of alerts, over a real broker with one `ingest` and some `score`.
//
// Lines come at a steady rate with the time of the present, of people who log in and out, after a history of some days. Among
// them are attacks, each from a network of its own, of which it is known with which line the alert must be said: the fourth
// name that does not exist. The time is taken from when that line was due to be sent (should the bench itself be late, that
// counts) until a reader of committed records has the alert in hand. An alert that does not come is counted as lost.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AlertLog } from './alert-log.mjs'
import { Deployment, until } from './deployment.mjs'
import { quantileOf } from './figures.mjs'
import { LineSender } from './line-sender.mjs'
import { sleep } from './service-process.mjs'
import { ATTACK_LINES, attackPrefixOf, SiteLines } from './site-lines.mjs'

const DAY_MS = 86_400_000
/** The history ends so long ago that the end of its archive completes no day that lines are still to come for. */
const HISTORY_ENDS_DAYS_AGO = 5
const HISTORY_ATTACKS = 40
/** An alert that takes longer is lost. */
const LOST_MS = 30_000

/**
 * @param rate lines a second
 * @param measuredMs how long is measured, after `warmUpMs`
 * @param attacksPerSecond each has an alert that is waited for
 */
export async function measuredLatency(options) {
  const { partitions, scorers, rate, warmUpMs, measuredMs, attacksPerSecond, log } = options
  const deployment = await Deployment.started({ partitions, linePartitions: partitions })
  try {
    const alerts = await AlertTimes.read(deployment)
    const services = await deployment.readyScorers(scorers, partitions)
    const site = new SiteLines(options.users)
    await learnHistory(deployment, site, options, alerts, services)
    services.push(deployment.service('ingest', ['ingest']))
    const writer = await deployment.broker.writer()
    const sender = new LineSender(writer, partitions, rate)
    const attacks = new Attacks(site, Math.round(rate / attacksPerSecond))
    const lineAt = (number, dueMs) => attacks.lineAt(number, dueMs)
    log(`warming up for ${warmUpMs / 1000} s`)
    await sender.sendFor(warmUpMs, lineAt)
    const first = attacks.dueMs.size
    sender.lateMs = []
    log(`measuring for ${measuredMs / 1000} s`)
    await sender.sendFor(measuredMs, lineAt)
    const measured = [...attacks.dueMs].slice(first)
    const isMissing = ([prefix]) => !alerts.has(prefix)
    const endMs = Date.now() + LOST_MS
    while (measured.some(isMissing) && Date.now() < endMs) await sleep(50)
    for (const service of services) await service.stop()
    return figuresOf(measured, alerts, sender.lateMs)
  } finally {
    await deployment.stop()
  }
}

/** When the first word on an attack came, by its network. */
class AlertTimes {
  #seen = new Map()

  static async read(deployment) {
    const times = new AlertTimes()
    await AlertLog.read(deployment, (document, nowMs) => times.#see(document, nowMs))
    return times
  }

  #see(document, seenMs) {
    const prefix = AlertLog.prefixOf(document)
    if (prefix === null || this.#seen.has(prefix)) return
    this.#seen.set(prefix, { seenMs, saidMs: Date.parse(document.event.created) })
  }

  has(prefix) {
    return this.#seen.has(prefix)
  }

  of(prefix) {
    return this.#seen.get(prefix)
  }
}

/** Attacks among the lines of a site. */
class Attacks {
  /** When the line was due that makes the alert, by network, in the order of sending. */
  dueMs = new Map()
  #site
  #every
  #number = HISTORY_ATTACKS
  #waiting = []

  constructor(site, everyLines) {
    this.#site = site
    this.#every = Math.max(2 * ATTACK_LINES, everyLines)
  }

  lineAt(number, dueMs) {
    if (number % this.#every === 0) {
      this.#waiting = this.#site.attack(this.#number, Array(ATTACK_LINES).fill(dueMs))
    }
    const line = this.#waiting.shift()
    if (line === undefined) return this.#site.next(dueMs)
    if (this.#waiting.length === 0) this.dueMs.set(attackPrefixOf(this.#number++), dueMs)
    return line
  }
}

/** Lets everybody log in once a day for some days, as an archive that is read; it ends with attacks, whose alerts are waited for. */
async function learnHistory(deployment, site, { users, historyDays, log }, alerts, services) {
  if (historyDays === 0) return
  const path = join(deployment.folder, 'history.log')
  const today = Math.floor(Date.now() / DAY_MS)
  const firstDay = today - HISTORY_ENDS_DAYS_AGO - historyDays
  const lines = []
  for (let day = firstDay; day < firstDay + historyDays; day++) {
    for (let i = 0; i < 2 * users; i++) {
      const timestampMs = day * DAY_MS + Math.floor((i * DAY_MS) / (2 * users))
      lines.push(site.ofUser(i % users, timestampMs))
    }
  }
  const lastMs = (firstDay + historyDays) * DAY_MS - 1
  for (let number = 0; number < HISTORY_ATTACKS; number++) {
    lines.push(...site.attack(number, Array(ATTACK_LINES).fill(lastMs)))
  }
  writeFileSync(path, `${lines.join('\n')}\n`)
  log(`reading a history of ${lines.length} lines`)
  deployment.run(['ingest', path, '--state-folder', 'state-history'])
  const isLearned = () =>
    Array.from({ length: HISTORY_ATTACKS }, (_, i) => attackPrefixOf(i)).every((prefix) =>
      alerts.has(prefix),
    )
  await until(isLearned, { what: 'the history', limitMs: 120_000, services })
}

function figuresOf(measured, alerts, lateMs) {
  const came = measured.filter(([prefix]) => alerts.has(prefix))
  const totals = came.map(([prefix, dueMs]) => alerts.of(prefix).seenMs - dueMs)
  const said = came.map(([prefix, dueMs]) => alerts.of(prefix).saidMs - dueMs)
  const quantiles = (values) => ({
    p50Ms: quantileOf(values, 0.5),
    p90Ms: quantileOf(values, 0.9),
    p99Ms: quantileOf(values, 0.99),
    maxMs: quantileOf(values, 1),
  })
  return {
    alerts: totals.length,
    lost: measured.length - totals.length,
    latency: quantiles(totals),
    /** Until stage N made the alert: the rest is its transaction and reading it. */
    untilSaid: quantiles(said),
    senderLate: quantiles(lateMs),
    totals,
  }
}
