import { BUFFALOGS, BUFFALOGS_RAW } from './buffalogs.ts'
import { PANTHER, SPLUNK_TRAVEL } from './consecutive.ts'
import { NEW_COUNTRY } from './new-country.ts'
import type { Peer } from './peer.ts'
import { ELASTIC_STUFFING, SPLUNK_SPRAY } from './source-window.ts'

/** Every peer, in the order of the table. */
export const PEERS: readonly Peer[] = [
  BUFFALOGS_RAW,
  BUFFALOGS,
  PANTHER,
  SPLUNK_TRAVEL,
  NEW_COUNTRY,
  ELASTIC_STUFFING,
  SPLUNK_SPRAY,
]
