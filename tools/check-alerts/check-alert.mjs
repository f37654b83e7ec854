import { checkSession, checkSuccessInside } from './attacks.mjs'
import { checkDocument } from './document.mjs'
import { checkEvidence } from './evidence.mjs'
import { givenReasonOf } from './given.mjs'
import { Ledger } from './ledger.mjs'
import { checkLogin } from './login.mjs'
import { RULES } from './published.mjs'
import { recount } from './recount.mjs'
import { checkSourceAttack, checkSourceReuse } from './sources.mjs'
import { checkBruteForce, checkFactorFatigue } from './users.mjs'

const CHECK_OF_FAMILY = {
  U2: checkLogin,
  N: checkSourceAttack,
  U1: checkBruteForce,
  X1: checkSuccessInside,
  M1: checkFactorFatigue,
  P2: checkSourceReuse,
  S1: checkSession,
}

/**
 * Recomputes one alert document from the raw lines that it points at.
 *
 * @param files the raw lines
 * @returns how many numbers and other facts were recomputed, which numbers were taken as given and why, and a
 *   sentence for each disagreement
 */
export function checkAlert(document, files) {
  const ledger = new Ledger(document)
  const rule = RULES[ledger.at('rule.id')]
  if (rule === undefined) ledger.holds(false, `rule.id ${ledger.at('rule.id')} is on no page`)
  else {
    try {
      const lines = checkEvidence(ledger, files)
      checkDocument(ledger, lines)
      CHECK_OF_FAMILY[rule.family](ledger, lines)
      if (rule.family === 'N' || rule.family === 'U1') recount(ledger, lines, files)
    } catch (error) {
      ledger.holds(false, `the document has not the form of an alert: ${error.message}`)
    }
  }
  const unseen = ledger.unseen().map((path) => ({ path, why: givenReasonOf(path) }))
  const unknown = unseen.filter(({ why }) => why === undefined)
  const { numbers, facts, wrong } = ledger
  return {
    numbers,
    facts,
    given: unseen.filter(({ why }) => why !== undefined),
    wrong: [...wrong, ...unknown.map(({ path }) => `${path} is a number of which no page speaks`)],
  }
}
