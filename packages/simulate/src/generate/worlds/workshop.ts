import { FRENCH, ITALIAN } from './names.ts'
import type { World } from './world.ts'

/** One town, one gateway, most people in the office: the plainest organisation there is. */
export const workshop: World = {
  name: 'workshop',
  purpose: 'tuning',
  describe: 'A firm of one town in Italy: one FortiGate, regular hours, most people in the office',
  firstDate: '2026-01-12',
  timezone: 'Europe/Rome',
  domain: '',
  nameForm: 'given.family',
  sites: [
    {
      ...{ key: 'bologna', country: 'IT', latitude: 44.49, longitude: 11.34 },
      ...{ timezone: 'Europe/Rome', share: 1, names: ITALIAN },
    },
  ],
  gateways: [
    {
      ...{ name: 'FG-BO', site: 'bologna', form: 'fortigate-plain', statisticsMinutes: 0 },
      serves: ['bologna'],
    },
  ],
  habits: {
    ...{ workday: 0.65, dayOff: 0.04, office: 0.5, phones: 0.3, phoneDay: 0.3 },
    ...{ trips: 0.001, abroad: 0.4, shifts: 0.1, freeHours: 0, typos: 0.06 },
    ...{ webGateway: 0, sharedAccounts: 6 },
  },
  workdays: [1, 2, 3, 4, 5],
  secondFactor: false,
  deviceIds: false,
  destinations: ['FR', 'DE', 'ES', 'CH', 'TR', 'RO', 'CN', 'US'],
  merger: {
    ...{ country: 'FR', latitude: 43.7, longitude: 7.27 },
    ...{ timezone: 'Europe/Paris', names: FRENCH },
  },
}
