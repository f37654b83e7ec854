import type { AlertBody } from '../delivery/destination.ts'
import { type AlertFacts, factsOf } from './alert-facts.ts'
import { shownText } from './safe-text.ts'

/** Slack takes 2,000 characters in a field. */
const VALUE_BYTES_MAX = 1000
const TITLE_BYTES_MAX = 140

/**
 * A message of blocks for a Slack incoming webhook. Whatever was typed stays text: `&`, `<` and `>` are escaped, as Slack asks for, so
 * that `<!channel>` calls nobody, and `verbatim` keeps names and addresses from becoming mentions and links.
 */
export function slackMessageOf(body: AlertBody): object {
  const facts = factsOf(body)
  const title = slackText(titleOf(facts), TITLE_BYTES_MAX)
  const message = slackText(facts.message, VALUE_BYTES_MAX)
  return {
    text: `${title}: ${message}`,
    mrkdwn: false,
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'section', text: slackMarkup(`*${title}*\n${message}`) },
      {
        type: 'section',
        // Ten at most.
        fields: rowsOf(facts)
          .slice(0, 10)
          .map(([name, value]) => slackMarkup(`*${name}*\n${slackText(value, VALUE_BYTES_MAX)}`)),
      },
    ],
  }
}

function slackMarkup(text: string): object {
  return { type: 'mrkdwn', text, verbatim: true }
}

const SLACK_ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function slackText(text: string, bytesMax: number): string {
  const shown = shownText(text, bytesMax)
  return shown.replace(/[&<>]/g, (found) => SLACK_ESCAPES[found] as string)
}

/**
 * An Adaptive Card for a Teams workflow ("when a webhook request is received"). What was typed stands in text runs, which know no
 * Markdown; a mention would need an entity of the card, which it has none of.
 */
export function teamsMessageOf(body: AlertBody): object {
  const facts = factsOf(body)
  const rows = rowsOf(facts).map(([name, value]) => teamsText(value, VALUE_BYTES_MAX, `${name}: `))
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            teamsText(titleOf(facts), TITLE_BYTES_MAX),
            teamsText(facts.message, VALUE_BYTES_MAX),
            ...rows,
          ],
        },
      },
    ],
  }
}

function teamsText(text: string, bytesMax: number, name = ''): object {
  const value = { type: 'TextRun', text: shownText(text, bytesMax) }
  const label = name === '' ? [] : [{ type: 'TextRun', text: name, weight: 'Bolder' }]
  return { type: 'RichTextBlock', inlines: [...label, value] }
}

function titleOf({ severity, state, ruleId, ruleName }: AlertFacts): string {
  const takenBack = state === 'retracted' ? 'Taken back: ' : ''
  return `${takenBack}${severity}: ${ruleName} (${ruleId})`
}

function rowsOf(facts: AlertFacts): readonly (readonly [name: string, value: string])[] {
  const rows: readonly (readonly [string, string])[] = [
    ['User', facts.userName],
    ['Source', facts.sourceAddress],
    ['Country', facts.country],
    ['Gateway', facts.gatewayName],
    ['Outcome', facts.outcome],
    ['State', facts.state],
    ['Techniques', facts.techniques],
    ['Terms', facts.terms],
    ['Organization', facts.organization],
    ['Alert', facts.alertId],
  ]
  return rows.filter(([, value]) => value !== '')
}
