import { longLeave, nightWork, sharedAccount } from './accounts.ts'
import { administration } from './administration.ts'
import { addressFamilies, commercialVpn, webGateway } from './egress.ts'
import { eventSite } from './events.ts'
import { internetNoise, monitoringProbe, serviceAccount } from './machines.ts'
import { commute, officeNat } from './office.ts'
import {
  expiryMorning,
  factorSlips,
  helpDeskReset,
  lockout,
  stalePassword,
  typos,
} from './passwords.ts'
import { carrierAbroad, mobileCarrier, sessionRoaming } from './phones.ts'
import type { BenignProcess } from './process.ts'
import { airTravel, inFlight, roaming } from './travel.ts'

/** What the organisation itself is made with (`people.ts`) or the clients show; it needs no code of its own here. */
const builtIn = (name: string, describe: string): BenignProcess => ({ name, describe })

/** Every honest process, in the order in which they shape a day: where people are comes before how they log in. */
export const PROCESSES: readonly BenignProcess[] = [
  builtIn('dhcp-churn', 'Home lines that get another address, 1 % a day'),
  builtIn('joiner', 'People who begin within the run'),
  builtIn('leaver', 'People who leave within the run'),
  builtIn('merger', 'People of an acquired company in another country, all from one day on'),
  builtIn('database-update', 'Home lines that the location tables put elsewhere from one day on'),
  builtIn('client-upgrade', 'A new version of the client, for everybody within days'),
  sharedAccount,
  officeNat,
  commute,
  nightWork,
  mobileCarrier,
  carrierAbroad,
  airTravel,
  roaming,
  inFlight,
  eventSite,
  sessionRoaming,
  webGateway,
  commercialVpn,
  addressFamilies,
  longLeave,
  typos,
  factorSlips,
  lockout,
  helpDeskReset,
  expiryMorning,
  stalePassword,
  serviceAccount,
  monitoringProbe,
  internetNoise,
  administration,
]

/** Names of the honest processes. */
export const BENIGN_PROCESSES: readonly string[] = PROCESSES.map(({ name }) => name)
