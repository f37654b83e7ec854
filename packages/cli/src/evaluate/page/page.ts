import { countOf, numberText } from '../../words.ts'
import { durationText, estimateText } from '../estimate-text.ts'
import type { Evaluation } from '../evaluation.ts'
import { curvePlots, peerLegend, reliabilityPlot } from './curve-plots.ts'
import { delayPlot, falsePlots, recallPlot } from './row-plots.ts'
import { STYLE } from './style.ts'
import { escaped } from './svg.ts'

/** The evaluation as one page: no script, nothing from elsewhere, light or dark as its reader's system is. */
export function evaluationPage(evaluation: Evaluation): string {
  const { version, worlds, firstSeed, seeds, users, days, learningDays, lines } = evaluation
  const title = `Sekisho ${version} on ${worlds.join(', ')}`
  const size = `${countOf(seeds, 'seed')} from ${firstSeed} on, ${countOf(users, 'user')}, ${countOf(days, 'day')}, the first ${learningDays} for learning; ${countOf(lines, 'line')}; configuration ${evaluation.configHashes.join(', ')}`
  const content = [
    `<h1>${escaped(title)}</h1><p>${escaped(size)}. Intervals are 95 % over the seeds.</p>`,
    section('Attacks found', MEDIUM_AND_HIGH, recallPlot(evaluation) + recallTable(evaluation)),
    section(
      'False alerts per 1,000 users a day',
      'What an honest organisation makes an analyst look at, by severity and world.',
      falsePlots(evaluation),
    ),
    section(
      'Recall over the budget of false alerts',
      curveWords(evaluation),
      curvePlots(evaluation),
    ),
    section(
      'Reliability of the probability',
      reliabilityWords(evaluation),
      reliabilityPlot(evaluation.reliability),
    ),
    section(
      'Time to detect',
      'Of the attacks that were found: event time from their first line to the first alert. <b class="first-text">●</b> median, <b class="second-text">◆</b> 95th percentile.',
      delayPlot(evaluation),
    ),
  ]
  const head = [
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<meta name="color-scheme" content="light dark"><title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
  ]
  return `<!doctype html>\n<html lang="en"><head>${head.join('\n')}</head>\n<body><main>\n${content.join('\n')}\n</main></body></html>\n`
}

const MEDIUM_AND_HIGH =
  '<b class="first-text">●</b> medium or above, <b class="second-text">◆</b> high or above.'

function section(heading: string, words: string, content: string): string {
  return `<section><h2>${heading}</h2><p>${words}</p>${content}</section>`
}

function curveWords(evaluation: Evaluation): string {
  return `The line: what would be found if the risk alone were the threshold, every threshold tried. <b class="first-text">●</b> and <b class="first-text">◆</b>: Sekisho at medium and at high, which also ask for two independent reasons. <b class="second-text">○</b>: the rules of the field as they ship: ${escaped(peerLegend(evaluation))}.`
}

function reliabilityWords({ reliability }: Evaluation): string {
  const { logins, stolenShare, brier, brierOfMix } = reliability
  if (stolenShare === null || brier === null || brierOfMix === null) return 'No login was said.'
  return `Of the ${numberText(logins)} logins that were said at all, ${stolenShare.toFixed(3)} were an attacker’s: far more than in life, for every simulated month has every attack, so that points are expected above the dashed line of who is always right. Brier score ${brier.toFixed(4)}; who always says the share has ${brierOfMix.toFixed(4)}.`
}

function recallTable({ all }: Evaluation): string {
  const heading = ['attack', 'episodes', 'medium or above', 'high or above', 'median', 'p95']
  const rows = all.kinds.map(({ kind, episodes, recall, delayMs }) => [
    kind,
    numberText(episodes),
    estimateText(recall.medium),
    estimateText(recall.high),
    durationText(delayMs.median),
    durationText(delayMs.p95),
  ])
  const cellsOf = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<details><summary>The figures</summary><table>${cellsOf(heading, 'th')}${rows.map((row) => cellsOf(row, 'td')).join('')}</table></details>`
}
