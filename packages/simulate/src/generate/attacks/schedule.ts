import type { AttackKind, Episode } from '../../simulation.ts'
import { MINUTE_MS } from '../clock.ts'
import type { Stretch } from '../delivery/faults.ts'
import { loggedName } from '../lines/writer.ts'
import type { Company } from '../organisation/company.ts'
import type { Act } from './act.ts'
import { ATTACKS } from './attacks.ts'
import { type Attack, AttackStage } from './stage.ts'

/** Names and addresses of an episode that are kept. */
const KEPT_MAX = 1000

/** The attacks of a run: what they do, in order of time, and what they are. */
export interface Schedule {
  readonly acts: readonly { readonly act: Act; readonly episode: string }[]
  readonly episodes: readonly Episode[]
  readonly silences: readonly Stretch[]
}

/** Plans every episode. Nobody is a target of two of them. */
export function scheduleOf(company: Company, kinds: readonly AttackKind[]): Schedule {
  const { days, learningDays } = company.options
  const taken = new Set<number>()
  const acts: { act: Act; episode: string }[] = []
  const episodes: Episode[] = []
  const silences: (Stretch & { readonly episode: string })[] = []
  for (const attack of ATTACKS) {
    const count = Math.round((attack.perMonth * Math.max(0, days - learningDays)) / 30)
    for (let n = 1; n <= count; n++) {
      const random = company.draw('attack', attack.kind, n)
      const day = dayOf(attack, n, count, company, random.fraction())
      // Also planned when it does not happen, so that a switch leaves the others their targets.
      const plan = attack.plan(new AttackStage(company, random, day, taken))
      if (plan === null || !kinds.includes(attack.kind)) continue
      const done = plan.acts.filter(({ timeMs }) => timeMs < company.endMs)
      if (done.length === 0) continue
      const episode = episodeOf(`${attack.kind}-${n}`, attack.kind, plan.traits, done)
      episodes.push(episode)
      for (const silence of plan.silences ?? []) silences.push({ ...silence, episode: episode.id })
      for (const act of done) acts.push({ act, episode: episode.id })
    }
  }
  acts.sort((a, b) => a.act.timeMs - b.act.timeMs)
  return {
    acts,
    episodes: episodes.sort((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1)),
    silences: silences.map((silence) => shortened(silence, acts)),
  }
}

/** A silence that swallows no other episode, for the truth would be wrong: it ends before that. */
function shortened(
  silence: Stretch & { readonly episode: string },
  acts: Schedule['acts'],
): Stretch {
  const lost = acts.find(({ act, episode }) => {
    const isInside = act.timeMs >= silence.fromMs && act.timeMs < silence.toMs
    const isOther = episode !== silence.episode && act.gateway.name === silence.gateway
    // A botnet's attempts go on for days: it can spare some, and nothing would be left of the silence.
    return isInside && isOther && !episode.startsWith('residential-botnet')
  })
  // A minute for the lines that lead to it.
  return lost === undefined ? silence : { ...silence, toMs: lost.act.timeMs - MINUTE_MS }
}

/** Episodes of a kind lie evenly over the days with attacks, each somewhere in its share of them. */
function dayOf(attack: Attack, n: number, count: number, company: Company, draw: number): number {
  const { days, learningDays } = company.options
  // A local day may begin before that of UTC, which belongs to the days of learning.
  const first = learningDays + 1
  const room = Math.max(1, days - first - attack.spanDays)
  return first + Math.min(room - 1, Math.floor(((n - 1 + draw) * room) / count))
}

function episodeOf(
  id: string,
  kind: AttackKind,
  traits: Episode['traits'],
  acts: readonly Act[],
): Episode {
  const isSuccess = ({ kind: act }: Act): boolean => act === 'session' || act === 'theft'
  const successes = acts.filter(isSuccess)
  const named = (some: readonly Act[]): string[] => [
    ...new Set(
      // Administrators are known to the gateway itself, without a domain.
      some.map(({ kind: act, gateway, user }) =>
        act === 'administrator' ? user : loggedName(gateway, user),
      ),
    ),
  ]
  return {
    ...{ id, kind, traits, victims: named(successes), tried: named(acts).slice(0, KEPT_MAX) },
    addresses: [...new Set(acts.map(({ address }) => address))].slice(0, KEPT_MAX),
    startMs: Math.min(...acts.map(({ timeMs }) => timeMs)),
    endMs: Math.max(...acts.map((act) => ('endMs' in act ? act.endMs : act.timeMs))),
    firstSuccessMs:
      successes.length === 0 ? null : Math.min(...successes.map(({ timeMs }) => timeMs)),
  }
}
