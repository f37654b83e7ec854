import {
  branchPivot,
  dormantAccount,
  factorFatigue,
  sessionTheft,
  teachingAttacker,
} from './accounts.ts'
import { distributedBruteForce, residentialBotnet } from './botnet.ts'
import { administratorCreation, logSuppression } from './intrusion.ts'
import { leakedListReplay, orderedSpray, sharedCarrierGateway } from './lists.ts'
import type { Attack } from './stage.ts'
import {
  stolenDomesticHome,
  stolenForeignHome,
  stolenHostingAbroad,
  stolenUsualHours,
} from './stolen.ts'
import { hostingFleet, rotatingPrefixStuffing, singleSourceStuffing } from './stuffing.ts'

/** Every kind of attacker; those with one victim choose first, or the long lists would leave them nobody. */
export const ATTACKS: readonly Attack[] = [
  stolenHostingAbroad,
  stolenForeignHome,
  stolenDomesticHome,
  stolenUsualHours,
  sessionTheft,
  factorFatigue,
  dormantAccount,
  branchPivot,
  administratorCreation,
  teachingAttacker,
  logSuppression,
  distributedBruteForce,
  singleSourceStuffing,
  rotatingPrefixStuffing,
  hostingFleet,
  sharedCarrierGateway,
  leakedListReplay,
  orderedSpray,
  residentialBotnet,
]
