import { ENGLISH, JAPANESE, THAI } from './names.ts'
import type { World } from './world.ts'

/** Small sites in many countries, everybody travels, managed devices, web gateway. */
export const agency: World = {
  name: 'agency',
  purpose: 'tuning',
  describe:
    'Consultants in Singapore, Australia and Japan: constant travel, managed devices, FortiGate',
  firstDate: '2026-03-16',
  timezone: 'Asia/Singapore',
  domain: 'AGY',
  nameForm: 'initial.family',
  sites: [
    {
      ...{ key: 'singapore', country: 'SG', latitude: 1.35, longitude: 103.82 },
      ...{ timezone: 'Asia/Singapore', share: 0.4, names: THAI },
    },
    {
      ...{ key: 'sydney', country: 'AU', latitude: -33.87, longitude: 151.21 },
      ...{ timezone: 'Australia/Sydney', share: 0.35, names: ENGLISH },
    },
    {
      ...{ key: 'nagoya', country: 'JP', latitude: 35.18, longitude: 136.91 },
      ...{ timezone: 'Asia/Tokyo', share: 0.25, names: JAPANESE },
    },
  ],
  gateways: [
    {
      ...{ name: 'sg-fw1', site: 'singapore', form: 'fortigate-rfc3339', statisticsMinutes: 0 },
      serves: ['singapore', 'nagoya'],
    },
    {
      ...{ name: 'au-fw1', site: 'sydney', form: 'fortigate-ipsec', statisticsMinutes: 0 },
      serves: ['sydney', 'singapore'],
    },
  ],
  habits: {
    ...{ workday: 0.75, dayOff: 0.12, office: 0.2, phones: 0.5, phoneDay: 0.3 },
    ...{ trips: 0.003, abroad: 0.7, shifts: 0, freeHours: 0.15, typos: 0.05 },
    ...{ webGateway: 0.3, sharedAccounts: 1 },
  },
  workdays: [1, 2, 3, 4, 5],
  secondFactor: true,
  deviceIds: true,
  destinations: ['MY', 'ID', 'TH', 'NZ', 'IN', 'HK', 'US', 'GB', 'PH', 'VN', 'CN'],
  merger: {
    ...{ country: 'NZ', latitude: -36.85, longitude: 174.76 },
    ...{ timezone: 'Pacific/Auckland', names: ENGLISH },
  },
}
