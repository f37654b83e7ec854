import { hash } from 'node:crypto'
import { DAY_MS, type DetectConfig, dayOf } from '@sekisho/detect'
import { type Alert, eventIdOf, type LineRef } from '@sekisho/event'
import { LineParser } from '@sekisho/ingest'
import { type NetworkRule, openLocator } from '@sekisho/locate'
import { isScored, locatedAttempt, Scorer } from '@sekisho/scorer'
import { simulate } from '../generate/simulate.ts'
import { type GradedRun, gradedRun } from '../metrics/graded-run.ts'
import { type JudgedRun, judgedRun } from '../metrics/judged-run.ts'
import { LabelledEpisode } from '../metrics/labelled-episode.ts'
import { PopulationTally, withShuffledLabels } from '../metrics/shuffled-labels.ts'
import type { MeasuredRun } from '../metrics/summary.ts'
import { WatchingPeers } from '../peers/watching-peers.ts'
import type { Simulation, SimulationOptions } from '../simulation.ts'
import { CAUSES, type Cause, documentsOf, type RunDocuments } from './causes.ts'
import { SaidAlerts } from './said-alerts.ts'
import { WatchedAttacks } from './watched-attacks.ts'

/** One run of a world. */
export interface EvaluationJob {
  readonly world: string
  readonly options: SimulationOptions
  /** Judged by labels of other users and networks, drawn at random: what is found then is found by chance. */
  readonly hasShuffledLabels?: boolean
  /** Taken out of every attempt before it is scored. */
  readonly lacks?: Cause
  /** Whether the run says what its documents rest on: they are many. */
  readonly tellsDocuments?: boolean
}

/** What the administrator's file says to the detector. */
export interface RunConfiguration {
  readonly detect: DetectConfig
  readonly networks: readonly NetworkRule[]
  readonly timezone: string | null
}

/** A false alert of ours, for whoever wants to know why. */
export interface FalseAlert {
  readonly rule: string
  readonly severity: string
  readonly reason: string
  /** Benign process behind the decisive line, as the generator labels it. */
  readonly process: string
  /** Its decisive line. */
  readonly line: LineRef
}

/** What a job comes to: plain data, the same for the same job wherever it runs. */
export interface EvaluatedRun extends MeasuredRun {
  readonly world: string
  readonly lines: number
  readonly attempts: number
  /** Hash of the configuration in force, own networks left aside. */
  readonly configHash: string
  readonly falseAlerts: readonly FalseAlert[]
  /** Alerts that were said and taken back before they were final; not among the false ones. */
  readonly takenBack: number
  /** Everything that was said, signals too, by its risk. */
  readonly graded: GradedRun
  /** Terms of every final document, when the job asks for them. */
  readonly documents?: RunDocuments
  /** What was taken out of its attempts, null for nothing. */
  readonly lacks: Cause | null
  /** What the rules of the field made of the same attempts, by their names. */
  readonly peers: Readonly<Record<string, JudgedRun>>
}

/**
 * Makes a world's lines, reads them as the program reads a log, scores them as they are delivered and holds the final
 * alerts against the truth. Only raw lines pass from the generator to the detector.
 *
 * @param configured reads `sekisho.yaml`, as the program would
 * @throws RangeError when the job is none that can be simulated
 */
export function evaluateRun(
  job: EvaluationJob,
  configured: (configurationText: string) => RunConfiguration,
): EvaluatedRun {
  const { world, options, hasShuffledLabels = false, tellsDocuments = false } = job
  const simulation = simulate(world, options)
  const { truth } = simulation
  const scored = scoredLines(simulation, configured(simulation.configurationText), job.lacks)
  const labelled = truth.episodes.map((episode) =>
    (scored.labelled.get(episode.id) ?? new LabelledEpisode()).judge(episode),
  )
  const episodes = hasShuffledLabels
    ? withShuffledLabels(labelled, scored.tally.population, options.seed)
    : labelled
  const falseAlerts: FalseAlert[] = []
  const fromMs = truth.firstMs + options.learningDays * DAY_MS
  const judged = judgedRun(scored.said.findings, episodes, fromMs, ({ alert }) => {
    falseAlerts.push(falseAlertOf(alert, scored.processes))
  })
  const peers = scored.peers.findings.map(
    ([name, findings]) => [name, judgedRun(findings, episodes, fromMs)] as const,
  )
  const judgedDays = options.days - options.learningDays
  return {
    ...{ world, seed: options.seed, users: truth.users, judgedDays, lines: scored.lines },
    ...{ judged, falseAlerts, takenBack: scored.said.takenBack },
    graded: gradedRun(scored.said.final, episodes, fromMs),
    lacks: job.lacks ?? null,
    ...(tellsDocuments ? { documents: documentsOf(scored.said.final) } : {}),
    peers: Object.fromEntries(peers),
    attempts: scored.scorer.counters.attempts,
    configHash: scored.scorer.configHash,
  }
}

/** Process of each line by gateway and line number, `''` for lines of attacks. */
type Processes = ReadonlyMap<string, readonly string[]>

/** What became of the lines of a run. */
interface ScoredLines {
  readonly lines: number
  readonly scorer: Scorer
  readonly said: SaidAlerts
  readonly peers: WatchingPeers
  readonly tally: PopulationTally
  readonly labelled: ReadonlyMap<string, LabelledEpisode>
  readonly processes: Processes
}

/** Reads and scores the lines in the order of their delivery, as a live run does. */
function scoredLines(
  { lines, truth }: Simulation,
  { timezone, detect: config, networks }: RunConfiguration,
  lacks: Cause | undefined,
): ScoredLines {
  const parser = new LineParser(timezone === null ? {} : { timezone })
  const locator = openLocator({ networks })
  const labelled = new Map<string, LabelledEpisode>()
  const processes = new Map<string, string[]>()
  const watched = new WatchedAttacks(truth.episodes)
  const said = new SaidAlerts()
  const peers = new WatchingPeers()
  const tally = new PopulationTally()
  let streamMs = truth.firstMs
  const onAlert = (alert: Alert): void => {
    said.add(alert, streamMs)
    if (alert.severity === 'high' || alert.severity === 'critical') watched.wasNamed(alert.userKey)
  }
  const scorer = new Scorer({ config, databases: locator.version, mode: 'live', onAlert })
  let count = 0
  let deliveryDay = dayOf(truth.firstMs)
  for (const { text, gateway, episode, process, deliveredMs } of lines) {
    count++
    const number = madeIn(processes, gateway, () => []).push(process ?? '')
    const raw = Buffer.from(text)
    const parsed = parser.parse(raw, 0, raw.length)
    if (parsed.kind !== 'event' || !isScored(parsed.event)) continue
    const event = { ...parsed.event }
    if (episode !== null) madeIn(labelled, episode, () => new LabelledEpisode()).add(event)
    const line = { path: gateway, number }
    const row = { id: eventIdOf(event), event, line, rawSha256: hash('sha256', raw, 'hex') }
    const located = locatedAttempt(row, locator, config)
    const attempt = lacks === undefined ? located : CAUSES[lacks].without(located)
    if (attempt === null) continue
    peers.add(attempt)
    tally.add(attempt)
    scorer.join(attempt)
    if (watched.isWatched(event, episode)) {
      streamMs = event.timestampMs
      scorer.flush()
    }
    if (dayOf(deliveredMs) <= deliveryDay) continue
    deliveryDay = dayOf(deliveredMs)
    streamMs = deliveredMs
    scorer.advance(deliveredMs)
  }
  streamMs = truth.endMs
  scorer.finish()
  return { lines: count, scorer, said, peers, tally, labelled, processes }
}

/** The value of a key, made when there is none yet. */
function madeIn<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function falseAlertOf(alert: Alert, processes: Processes): FalseAlert {
  const { ruleId: rule, severity, reason, evidence } = alert
  const decisive = evidence.find(({ role }) => role === 'decisive') ?? evidence[0]
  const line = decisive?.line ?? { path: '', number: 0 }
  const process = processes.get(line.path)?.[line.number - 1] ?? ''
  return { rule, severity, reason, process, line }
}
