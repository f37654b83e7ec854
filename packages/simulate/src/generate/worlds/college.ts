import { ENGLISH, SPANISH } from './names.ts'
import type { World } from './world.ts'

/** A continent-wide country, free hours, phones above all, no office to speak of. */
export const college: World = {
  name: 'college',
  purpose: 'tuning',
  describe:
    'Colleges in two states of the USA: free hours, phones, no office address, Pulse Secure',
  firstDate: '2026-02-16',
  timezone: 'America/Chicago',
  domain: '',
  nameForm: 'family-digits',
  sites: [
    {
      ...{ key: 'austin', country: 'US', latitude: 30.27, longitude: -97.74 },
      ...{ timezone: 'America/Chicago', share: 0.7, names: ENGLISH },
    },
    {
      ...{ key: 'denver', country: 'US', latitude: 39.74, longitude: -104.99 },
      ...{ timezone: 'America/Denver', share: 0.3, names: SPANISH },
    },
  ],
  gateways: [
    {
      ...{ name: 'pulse-aus', site: 'austin', form: 'pulse-bsd', statisticsMinutes: 0 },
      serves: ['austin', 'denver'],
    },
    {
      ...{ name: 'pulse-den', site: 'denver', form: 'pulse-welf', statisticsMinutes: 0 },
      serves: ['denver'],
    },
  ],
  habits: {
    ...{ workday: 0.45, dayOff: 0.3, office: 0.05, phones: 0.7, phoneDay: 0.45 },
    ...{ trips: 0.0018, abroad: 0.15, shifts: 0, freeHours: 0.8, typos: 0.08 },
    ...{ webGateway: 0, sharedAccounts: 2 },
  },
  workdays: [1, 2, 3, 4, 5],
  secondFactor: true,
  deviceIds: false,
  destinations: ['MX', 'CA', 'IN', 'CN', 'KR', 'GB', 'DE', 'BR', 'CO'],
  merger: {
    ...{ country: 'CA', latitude: 43.65, longitude: -79.38 },
    ...{ timezone: 'America/Toronto', names: ENGLISH },
  },
}
