import { ENGLISH, GERMAN, POLISH } from './names.ts'
import type { World } from './world.ts'

/** Managed laptops that the logs name, second factor, a web gateway for half of the people, three money centres. */
export const bank: World = {
  name: 'bank',
  purpose: 'reporting',
  describe: 'A bank in Frankfurt, London and New York: managed devices, second factor, web gateway',
  firstDate: '2026-02-16',
  timezone: 'Europe/Berlin',
  domain: 'BANK',
  nameForm: 'given.family',
  sites: [
    {
      ...{ key: 'frankfurt', country: 'DE', latitude: 50.11, longitude: 8.68 },
      ...{ timezone: 'Europe/Berlin', share: 0.6, names: GERMAN },
    },
    {
      ...{ key: 'london', country: 'GB', latitude: 51.51, longitude: -0.13 },
      ...{ timezone: 'Europe/London', share: 0.25, names: ENGLISH },
    },
    {
      ...{ key: 'newyork', country: 'US', latitude: 40.71, longitude: -74.01 },
      ...{ timezone: 'America/New_York', share: 0.15, names: ENGLISH },
    },
  ],
  gateways: [
    {
      ...{ name: 'fra-vpn-1', site: 'frankfurt', form: 'fortigate-rfc5424', statisticsMinutes: 0 },
      serves: ['frankfurt', 'london'],
    },
    {
      ...{ name: 'lon-vpn-1', site: 'london', form: 'pulse-welf', statisticsMinutes: 0 },
      serves: ['london', 'frankfurt'],
    },
    {
      ...{ name: 'nyc-vpn-1', site: 'newyork', form: 'fortigate-ipsec', statisticsMinutes: 0 },
      serves: ['newyork'],
    },
  ],
  habits: {
    ...{ workday: 0.7, dayOff: 0.03, office: 0.25, phones: 0.25, phoneDay: 0.25 },
    ...{ trips: 0.0018, abroad: 0.6, shifts: 0.03, freeHours: 0.03, typos: 0.04 },
    ...{ webGateway: 0.5, sharedAccounts: 1 },
  },
  workdays: [1, 2, 3, 4, 5],
  secondFactor: true,
  deviceIds: true,
  destinations: ['CH', 'LU', 'FR', 'SG', 'HK', 'AE', 'IE', 'NL', 'PL', 'JP', 'CA'],
  merger: {
    ...{ country: 'PL', latitude: 52.23, longitude: 21.01 },
    ...{ timezone: 'Europe/Warsaw', names: POLISH },
  },
}
