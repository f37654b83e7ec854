import { ENGLISH, FRENCH, SPANISH } from './names.ts'
import type { World } from './world.ts'

/** One campus, people with hours of their own, many nationalities on the move, no second factor, own devices. */
export const university: World = {
  name: 'university',
  purpose: 'reporting',
  describe:
    'A university in France: free hours, few offices, many trips, own devices, Pulse Secure',
  firstDate: '2026-03-02',
  timezone: 'Europe/Paris',
  domain: '',
  nameForm: 'family-digits',
  sites: [
    {
      ...{ key: 'lyon', country: 'FR', latitude: 45.76, longitude: 4.84 },
      ...{ timezone: 'Europe/Paris', share: 0.86, names: FRENCH },
    },
    {
      ...{ key: 'paris', country: 'FR', latitude: 48.86, longitude: 2.35 },
      ...{ timezone: 'Europe/Paris', share: 0.14, names: FRENCH },
    },
  ],
  gateways: [
    {
      ...{ name: 'ics-lyo-a', site: 'lyon', form: 'pulse-rfc5424', statisticsMinutes: 0 },
      serves: ['lyon', 'paris'],
    },
    {
      ...{ name: 'ics-lyo-b', site: 'lyon', form: 'pulse-bsd', statisticsMinutes: 120 },
      serves: ['paris', 'lyon'],
    },
  ],
  habits: {
    ...{ workday: 0.5, dayOff: 0.25, office: 0.12, phones: 0.6, phoneDay: 0.35 },
    ...{ trips: 0.0018, abroad: 0.4, shifts: 0, freeHours: 0.7, typos: 0.08 },
    ...{ webGateway: 0, sharedAccounts: 2 },
  },
  workdays: [1, 2, 3, 4, 5],
  secondFactor: false,
  deviceIds: false,
  destinations: ['ES', 'IT', 'MA', 'TN', 'CN', 'US', 'DE', 'BR', 'LB', 'VN', 'SN', 'GB', 'CH'],
  merger: {
    ...{ country: 'ES', latitude: 41.39, longitude: 2.17 },
    ...{ timezone: 'Europe/Madrid', names: { ...SPANISH, given: ENGLISH.given } },
  },
}
