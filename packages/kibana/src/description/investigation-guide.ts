import { RULES } from '@sekisho/detect'

/** Markdown that Kibana shows beside an alert. */
export const INVESTIGATION_GUIDE = `## What this is

Sekisho read a VPN gateway's log and found a login, or attempts at one, that look like somebody else's. \`message\` is the finding in one sentence, \`sekisho.score.terms.why\` what it rests on. The page of the rule says what it cannot see: \`rule.reference\`.

## Steps

1. Read \`sekisho.score.terms.why\`. Are its facts right: is the network one of yours, or a partner's, or a VPN that users may have turned on?
2. Look at the user (\`user.name\`, saved search "Sekisho: one user's alerts"): is this the first alert, and did other rules speak on the same day?
3. Look at the source (\`source.ip\`, \`sekisho.source.prefix\`): did other users log in from there, or fail there, before and after? In the dashboard, filter by it.
4. \`event.outcome: success\` means that somebody got in. Ask the user by another way than mail. Was it not the user: end the sessions, change the password, look for what was done after \`event.start\`.
5. \`event.outcome: failure\` on many users: block the source, and look in \`sekisho.counts\` for users who got in.
6. Prove it: \`sekisho.evidence.raw_ref\` names the lines, \`sekisho.evidence.raw_sha256\` their hashes in the archive.

## State

\`sekisho.state: provisional\` may still change while late lines can come, \`final\` does not, \`retracted\` was taken back because late lines explained it: close the alert. The dashboard "Sekisho: stolen VPN logins" shows the last word on each alert; this rule alerts once on each first word, again when it grew graver or was opened again.

## Harmless causes

${RULES.map(({ id, name, falsePositives }) => `- **${id}, ${name}**: ${falsePositives.join('; ')}.`).join('\n')}
`
