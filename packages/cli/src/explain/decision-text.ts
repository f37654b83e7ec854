import type { DecidesRank } from '@sekisho/event'
import type { Decision } from '@sekisho/ingest'

const RANKS: Readonly<Record<DecidesRank, string>> = { yes: 'yes', unless: 'perhaps', no: 'no' }

/**
 * Whether a line counts as a login, why, and which other line would; sentences.
 *
 * @param loginGroupMs lines this close together are one login, ms
 */
export function decisionText(
  { rank, because, decidedBy }: Decision,
  isRefusal: boolean,
  loginGroupMs: number,
): string {
  const within = `within ${loginGroupMs / 1000} s`
  const sentence = `${RANKS[rank]}: ${because}.`
  const lines = decidedBy.join('; ')
  if (rank === 'no') return lines === '' ? sentence : `${sentence} What decides: ${lines}.`
  if (isRefusal) return sentence
  if (rank === 'yes')
    return `${sentence} Of such lines of one user, address and gateway ${within}, the first counts.`
  if (lines === '') return `${sentence} It counts if it stands alone ${within}.`
  return `${sentence} It counts if the same user, address and gateway has none of these lines ${within}: ${lines}.`
}
