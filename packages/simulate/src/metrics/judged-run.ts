import type { AttackKind, Episode } from '../simulation.ts'
import { type AlertSeverity, bySeverity, type Finding, isAtLeast } from './finding.ts'
import type { JudgedEpisode } from './labelled-episode.ts'

/** When an attack was first found at a severity or above. */
export interface Detection {
  /** Event time from the attack's first line, ms; never negative. */
  readonly delayMs: number
  /** Distinct users tried until then. */
  readonly victimsTried: number
}

export interface EpisodeResult {
  readonly id: string
  readonly kind: AttackKind
  readonly traits: Episode['traits']
  /** Null at a severity at which it was missed. */
  readonly found: Readonly<Record<AlertSeverity, Detection | null>>
  /** Users under whose name the attacker got in. */
  readonly gotIn: number
  /** Of them, those whom an alert of this severity or above names. */
  readonly gotInNamed: Readonly<Record<AlertSeverity, number>>
}

/** What a detector found in a run, held against the truth. */
export interface JudgedRun {
  readonly episodes: readonly EpisodeResult[]
  /** Findings of the days with attacks that name no attack, at exactly this severity. */
  readonly falseFindings: Readonly<Record<AlertSeverity, number>>
  /** The same by rule, all severities. */
  readonly falseByRule: Readonly<Record<string, number>>
  /** Findings that name an attack, at exactly this severity. */
  readonly trueFindings: Readonly<Record<AlertSeverity, number>>
}

/**
 * Holds findings against attacks. Findings before `fromMs`, in the days for learning, are not judged.
 * @param onFalse is given every finding that names no attack
 */
export function judgedRun<T extends Finding>(
  findings: readonly T[],
  episodes: readonly JudgedEpisode[],
  fromMs: number,
  onFalse: (finding: T) => void = () => {},
): JudgedRun {
  const falseFindings = noFindings()
  const trueFindings = noFindings()
  const falseByRule: Record<string, number> = {}
  const named = new Map<JudgedEpisode, Finding[]>()
  for (const finding of findings) {
    if (finding.timestampMs < fromMs) continue
    const about = episodes.filter((episode) => episode.isNamedBy(finding))
    for (const episode of about) named.set(episode, [...(named.get(episode) ?? []), finding])
    if (about.length > 0) trueFindings[finding.severity]++
    else {
      falseFindings[finding.severity]++
      falseByRule[finding.rule] = (falseByRule[finding.rule] ?? 0) + 1
      onFalse(finding)
    }
  }
  const results = episodes.map((episode) => resultOf(episode, named.get(episode) ?? []))
  return { episodes: results, falseFindings, falseByRule, trueFindings }
}

function noFindings(): Record<AlertSeverity, number> {
  return { medium: 0, high: 0, critical: 0 }
}

function resultOf(judged: JudgedEpisode, findings: readonly Finding[]): EpisodeResult {
  const { id, kind, traits } = judged.episode
  const { gotIn } = judged.labels
  const namedAt = (least: AlertSeverity): number => {
    const grave = findings.filter(({ severity }) => isAtLeast(severity, least))
    const named = new Set(grave.map(({ userKey }) => userKey))
    return [...gotIn].filter((userKey) => named.has(userKey)).length
  }
  return {
    ...{ id, kind, traits, gotIn: gotIn.size },
    found: bySeverity((least) => detectionOf(judged, findings, least)),
    gotInNamed: bySeverity(namedAt),
  }
}

function detectionOf(
  judged: JudgedEpisode,
  findings: readonly Finding[],
  least: AlertSeverity,
): Detection | null {
  const times = findings.map(({ saidMs }) => saidMs[least]).filter((ms) => ms !== undefined)
  if (times.length === 0) return null
  // A wrong clock may have put the line that led to it before the attack.
  const firstMs = Math.max(judged.startMs, Math.min(...times))
  return { delayMs: firstMs - judged.startMs, victimsTried: judged.triedUntil(firstMs) }
}
