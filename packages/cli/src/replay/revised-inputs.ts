import { hash } from 'node:crypto'
import { dayOf } from '@sekisho/detect'
import { type Alert, eventIdOf } from '@sekisho/event'
import { isScored, locatedAttempt, Scorer } from '@sekisho/scorer'
import { readInputs } from '../reading/read-inputs.ts'
import { locatorOf } from '../reading/reading-settings.ts'
import { datedOf } from '../state/state-header.ts'
import type { AlertOutputs } from './alert-outputs.ts'
import { isSignal, type Period } from './found-alerts.ts'
import { ReplayClock } from './replay-clock.ts'
import type { ReplayRun, ScoredInputs } from './scored-inputs.ts'

/**
 * Reads and scores as a live run would have: every line as it is read, in the order of the inputs, and every revision,
 * retraction and finalisation at once. What is found in the end is final. @throws Stopped
 */
export async function revisedInputsOf(
  run: ReplayRun,
  period: Period,
  outputs: AlertOutputs,
): Promise<ScoredInputs> {
  const { inputs, found, settings, rejected, progress, io } = run
  const { detect: config } = settings.config
  const locator = locatorOf(settings, progress)
  const said = new SaidAlerts(period, outputs)
  const scorer = new Scorer({
    config,
    databases: locator.version,
    dated: datedOf(settings),
    mode: 'live',
    onAlert: (alert) => said.say(alert),
  })
  const clock = new ReplayClock()
  let firstMs = Number.POSITIVE_INFINITY
  let lastMs = Number.NEGATIVE_INFINITY
  let watermarkDay: number | null = null
  const read = await readInputs(inputs, settings.parser, rejected, progress, io, {
    event(event, line, raw) {
      const { timestampMs } = event
      firstMs = Math.min(firstMs, timestampMs)
      lastMs = Math.max(lastMs, timestampMs)
      if (!isScored(event)) return
      // The parser uses its event again.
      const kept = { ...event }
      const id = eventIdOf(kept)
      const rawSha256 = hash('sha256', raw, 'hex')
      said.cause = id
      scorer.offer(locatedAttempt({ id, event: kept, line, rawSha256 }, locator, config))
      said.cause = ''
      const watermarkMs = clock.read(timestampMs)
      // Only a new day can complete one.
      if (dayOf(watermarkMs) === watermarkDay) return
      watermarkDay = dayOf(watermarkMs)
      scorer.advance(watermarkMs)
    },
  })
  scorer.finish()
  for (const alert of said.lastWords()) found.add(alert)
  const { attempts, unchanged, lateBeyondHorizon } = scorer.counters
  return {
    read,
    span: firstMs <= lastMs ? { firstMs, lastMs } : null,
    attempts: attempts - unchanged,
    duplicates: unchanged - scorer.capped.strangers - scorer.capped.lines,
    withoutRoom: scorer.capped,
    tooLate: lateBeyondHorizon,
    logins: null,
    found,
    learningUntilDay: scorer.learningUntilDay,
    databases: locator.version,
    configHash: scorer.configHash,
    configPath: settings.config.path,
    state: null,
  }
}

/**
 * Gives out every word on an alert, and remembers the last. Who was told of an alert is told when it becomes a mere signal,
 * and the other way round.
 */
class SaidAlerts {
  /** Id of the event that is being joined, or `''`. */
  cause = ''
  readonly #period: Period
  readonly #outputs: AlertOutputs
  readonly #last = new Map<string, Alert>()
  readonly #asAlert = new Set<string>()
  readonly #asSignal = new Set<string>()

  constructor(period: Period, outputs: AlertOutputs) {
    this.#period = period
    this.#outputs = outputs
  }

  say(alert: Alert): void {
    const { id, state, timestampMs } = alert
    this.#last.set(id, alert)
    if (isSignal(alert)) this.#asSignal.add(id)
    else this.#asAlert.add(id)
    if (timestampMs < this.#period.fromMs || timestampMs >= this.#period.toMs) return
    const isRetracted = state === 'retracted' && this.cause !== ''
    const told = isRetracted ? { ...alert, retractedBy: this.cause } : alert
    if (this.#asAlert.has(id)) this.#outputs.alert(told)
    if (this.#asSignal.has(id)) this.#outputs.signal(told)
  }

  /** What stands in the end. */
  *lastWords(): Generator<Alert> {
    for (const alert of this.#last.values()) if (alert.state === 'final') yield alert
  }
}
