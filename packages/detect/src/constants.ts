import type { Constant } from './constants/constant.ts'
import { LOGIN_CONSTANTS } from './constants/login.ts'
import { SHARED_CONSTANTS } from './constants/shared.ts'
import { SOURCE_CONSTANTS } from './constants/source.ts'
import { USER_CONSTANTS } from './constants/user.ts'

export type { Constant, ConstantUnit } from './constants/constant.ts'

/**
 * Every number that a rule compares with, with its reason: the one place to read or to change them. A configuration
 * overrides any of them by the same names (`limits:` in sekisho.yaml); what is in force is part of the configuration's
 * hash and thereby of every alert. Peers' values that are named stand in docs/rules.
 */
export const CONSTANTS = {
  ...SHARED_CONSTANTS,
  ...LOGIN_CONSTANTS,
  ...USER_CONSTANTS,
  ...SOURCE_CONSTANTS,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Constant>>>>
