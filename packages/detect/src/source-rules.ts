import type { AlertDraft } from './alert-draft.ts'
import type { NameMask } from './evidence.ts'
import type { SourceAttack } from './source-attack.ts'
import { sourceAttackAlert } from './source-attack-alert.ts'
import { sourceReuse } from './source-reuse.ts'
import type { SourceView } from './source-view.ts'
import { successInsideAttack } from './success-inside-attack.ts'

/**
 * A rule of stage N: a pure query over one source network's state for one UTC day.
 * `attacks` are those that `sourceAttack` found on that day and on its neighbours.
 */
export type SourceRule = (
  view: SourceView,
  day: number,
  attacks: readonly SourceAttack[],
  mask: NameMask,
) => AlertDraft[]

/** N1 and N2: the attack of the day itself. */
function attackOfDay(
  view: SourceView,
  day: number,
  attacks: readonly SourceAttack[],
  mask: NameMask,
): AlertDraft[] {
  const attack = attacks.find((candidate) => candidate.day === day)
  return attack === undefined ? [] : [sourceAttackAlert(view, attack, mask)]
}

/** Every rule of stage N. A new one is a file beside these, a line here and an entry in `rules.ts`. */
export const SOURCE_RULES: readonly SourceRule[] = [attackOfDay, successInsideAttack, sourceReuse]
