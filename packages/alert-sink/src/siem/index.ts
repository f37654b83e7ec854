export { materialDigestOf, materialIdOf } from '../delivery/material-id.ts'
export { cefOf } from './cef.ts'
export { slackMessageOf, teamsMessageOf } from './chat-cards.ts'
export { jsonPayloadOf } from './json-payload.ts'
export { leefOf } from './leef.ts'
export type { SyslogAddress, SyslogTls } from './syslog-connection.ts'
export { SyslogDestination, type SyslogSettings } from './syslog-destination.ts'
export { octetCounted, type SyslogPayload, syslogMessageOf } from './syslog-frame.ts'
export { WebhookDestination, type WebhookSettings } from './webhook-destination.ts'
export type { SplunkFields, WebhookTemplate } from './webhook-request.ts'
export {
  isSignedBy,
  SIGNATURE_AGE_S_MAX,
  SIGNATURE_HEADER,
  signatureOf,
} from './webhook-signature.ts'
