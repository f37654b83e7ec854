// 1 -> 3 -> 2 scorers while lines keep coming: the alerts must be those of a replay, and no partition may stand still for long.
//
// Lines come at a steady rate into the topic of raw lines; their own times run faster, so that days are completed under load. With
// many attacks among them every partition of both stages has something to commit all the time.
//
// A pause is the longest time in which a partition had records waiting and its committed input offset did not move
// (stage-progress.mjs), taken separately while the number of scorers is changed, and in between. Beside it stands what a user
// would see of it: the longest time from the line that makes an alert until the alert is on the topic.
//
// At the end one line comes that is days later than the others, so that everything is final, and a replay of all lines is compared.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { differencesOf, differencesText, isSame, lastWordsOf } from '../../tools/compare-alerts.mjs'
import { AlertLog } from './alert-log.mjs'
import { Deployment, until } from './deployment.mjs'
import { replayed } from './kafka-kills.mjs'
import { LineSender } from './line-sender.mjs'
import { sleep } from './service-process.mjs'
import { ATTACK_LINES, attackPrefixOf, SiteLines } from './site-lines.mjs'
import { StageProgress } from './stage-progress.mjs'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 2, 1)
/** So much later is the last line: all days before it are complete then. */
const CLOSING_DAYS = 8
/** Attacks begin behind the cold start. */
const FIRST_ATTACK_DAY = 8
const SETTLE_MS = 300_000

/**
 * @param rate lines a second
 * @param dayS a day of the lines takes so many seconds
 * @param phaseMs between two changes of the number of scorers
 */
export async function scaledRun(options) {
  const { partitions, rate, phaseMs, log } = options
  // One partition: gateways' lines are in the order of their times.
  const deployment = await Deployment.started({ partitions, linePartitions: 1 })
  try {
    const lines = new LoggedLines(deployment.folder, options)
    const alerts = await AlertLog.read(deployment, (document, nowMs) =>
      lines.seeAlert(document, nowMs),
    )
    const scorers = await deployment.readyScorers(1, partitions)
    const ingest = deployment.service('ingest', ['ingest'])
    const stages = {
      user: await StageProgress.read(deployment, 'user', partitions),
      network: await StageProgress.read(deployment, 'network', partitions),
    }
    const sender = new LineSender(await deployment.broker.writer(), 1, rate)
    const phases = []
    const phase = async (name, change) => {
      log(name)
      const [tookMs] = await Promise.all([change(), sender.sendFor(phaseMs, lines.lineAt)])
      const lag = stages.user.lag + stages.network.lag
      const pauses = { user: stages.user.takePauseMs(), network: stages.network.takePauseMs() }
      phases.push({ name, pauses, lag, longestDelayMs: lines.takeLongestDelayMs(), tookMs })
      log(JSON.stringify(phases.at(-1)))
    }
    const nothing = async () => 0
    await phase('1 scorer, from nothing', nothing)
    await phase('1 scorer', nothing)
    await phase('1 to 3 scorers', async () => {
      scorers.push(
        deployment.service('score-1', ['score']),
        deployment.service('score-2', ['score']),
      )
      return 0
    })
    await phase('3 scorers', nothing)
    await phase('3 to 2 scorers', async () => {
      const startMs = performance.now()
      const code = await scorers.shift().stop()
      if (code !== 0) throw new Error(`the scorer ended with ${code}`)
      return performance.now() - startMs
    })
    await phase('2 scorers', nothing)
    await sender.sendFor(1000 / rate, lines.closingLineAt)
    const same = await compared(deployment, lines, alerts, [ingest, ...scorers])
    return { phases, sent: sender.sent, ...same }
  } finally {
    await deployment.stop()
  }
}

/** Waits for the last word on everything that a replay of the same lines says. */
async function compared(deployment, lines, alerts, services) {
  const corpus = await lines.written()
  const expected = replayed(deployment.folder, corpus)
  const count = (await lastWordsOf(expected)).last.size
  const isFinal = () => alerts.finals >= count
  await until(isFinal, { what: 'the last word', limitMs: SETTLE_MS, services })
  // What is said too much would come now.
  await sleep(2000)
  for (const service of services) await service.stop()
  await alerts.close()
  const differences = await differencesOf(expected, [alerts.path])
  return { differences: differencesText(differences), isSame: isSame(differences) }
}

/** Makes the lines, keeps them for the replay, and knows which one makes which alert. */
class LoggedLines {
  #site
  #options
  #path
  #file
  #attacks = 0
  #waiting = []
  /** When the decisive line was due, by network; taken out when the alert has come. */
  #dueMs = new Map()
  #longestDelayMs = 0
  #lastMs = START_MS

  constructor(folder, options) {
    this.#options = options
    this.#site = new SiteLines(options.users)
    this.#path = join(folder, 'lines.log')
    this.#file = createWriteStream(this.#path)
  }

  lineAt = (number, dueMs) => {
    const { rate, dayS, attacksPerSecond } = this.#options
    const timestampMs = START_MS + Math.floor((number * DAY_MS) / (dayS * rate))
    this.#lastMs = timestampMs
    const every = Math.max(2 * ATTACK_LINES, Math.round(rate / attacksPerSecond))
    const isAfterColdStart = timestampMs >= START_MS + FIRST_ATTACK_DAY * DAY_MS
    if (isAfterColdStart && number % every === 0) {
      this.#waiting = this.#site.attack(this.#attacks, Array(ATTACK_LINES).fill(timestampMs))
    }
    const line = this.#waiting.shift()
    if (line === undefined) return this.#kept(this.#site.next(timestampMs))
    if (this.#waiting.length === 0) this.#dueMs.set(attackPrefixOf(this.#attacks++), dueMs)
    return this.#kept(line)
  }

  closingLineAt = () => this.#kept(this.#site.next(this.#lastMs + CLOSING_DAYS * DAY_MS))

  seeAlert(document, nowMs) {
    const prefix = AlertLog.prefixOf(document)
    const dueMs = this.#dueMs.get(prefix)
    if (dueMs === undefined) return
    this.#dueMs.delete(prefix)
    this.#longestDelayMs = Math.max(this.#longestDelayMs, nowMs - dueMs)
  }

  /** Longest from line to alert since the last call. */
  takeLongestDelayMs() {
    const delayMs = this.#longestDelayMs
    this.#longestDelayMs = 0
    return delayMs
  }

  async written() {
    this.#file.end()
    await once(this.#file, 'finish')
    return this.#path
  }

  #kept(line) {
    this.#file.write(`${line}\n`)
    return line
  }
}
