import type { AlertDraft } from './alert-draft.ts'
import { bruteForce } from './brute-force.ts'
import type { NameMask } from './evidence.ts'
import { factorFatigue } from './factor-fatigue.ts'
import { novelLogin } from './novel-login.ts'
import { sessionTheft } from './session-theft.ts'
import type { UserView } from './user-view.ts'

/** What a rule of stage U found. */
export interface UserFinding {
  readonly draft: AlertDraft
  /** Starts of the panes in which the user was under attack; what X1 asks for. Empty for other findings. */
  readonly attackPaneStartsMs: readonly number[]
}

/** A rule of stage U: a pure query over one user's state for one UTC day. */
export type UserRule = (view: UserView, day: number, mask: NameMask) => UserFinding[]

/** Rules that find a user under attack: what X1 asks for on the days around a success. */
export const USER_ATTACK_RULES: readonly UserRule[] = [bruteForce]

/** Every rule of stage U. A new one is a file beside these, a line here and an entry in `rules.ts`. */
export const USER_RULES: readonly UserRule[] = [
  novelLogin,
  sessionTheft,
  factorFatigue,
  ...USER_ATTACK_RULES,
]
