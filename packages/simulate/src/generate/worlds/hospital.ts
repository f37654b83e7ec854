import { ENGLISH, POLISH } from './names.ts'
import type { World } from './world.ts'

/** Shift work around the clock at three houses, shared accounts on the wards, hardly any travel. */
export const hospital: World = {
  name: 'hospital',
  purpose: 'reporting',
  describe: 'Hospitals in northern England: shifts, shared ward accounts, little travel, FortiGate',
  firstDate: '2026-01-12',
  timezone: 'Europe/London',
  domain: 'TRUST',
  nameForm: 'initial.family',
  sites: [
    {
      ...{ key: 'manchester', country: 'GB', latitude: 53.48, longitude: -2.24 },
      ...{ timezone: 'Europe/London', share: 0.6, names: ENGLISH },
    },
    {
      ...{ key: 'leeds', country: 'GB', latitude: 53.8, longitude: -1.55 },
      ...{ timezone: 'Europe/London', share: 0.28, names: ENGLISH },
    },
    {
      ...{ key: 'carlisle', country: 'GB', latitude: 54.89, longitude: -2.93 },
      ...{ timezone: 'Europe/London', share: 0.12, names: ENGLISH },
    },
  ],
  gateways: [
    {
      ...{ name: 'FGT-MAN-A', site: 'manchester', form: 'fortigate-bsd', statisticsMinutes: 0 },
      serves: ['manchester', 'carlisle'],
    },
    {
      ...{ name: 'FGT-LDS-A', site: 'leeds', form: 'fortigate-plain', statisticsMinutes: 180 },
      serves: ['leeds', 'manchester'],
    },
  ],
  habits: {
    ...{ workday: 0.42, dayOff: 0.2, office: 0.08, phones: 0.3, phoneDay: 0.35 },
    ...{ trips: 0.0008, abroad: 0.5, shifts: 0.6, freeHours: 0, typos: 0.09 },
    ...{ webGateway: 0.05, sharedAccounts: 15 },
  },
  workdays: [1, 2, 3, 4, 5],
  secondFactor: true,
  deviceIds: false,
  destinations: ['ES', 'PT', 'FR', 'IE', 'IT', 'GR', 'AE', 'PK', 'NG', 'PL'],
  merger: {
    ...{ country: 'PL', latitude: 50.06, longitude: 19.94 },
    ...{ timezone: 'Europe/Warsaw', names: POLISH },
  },
}
