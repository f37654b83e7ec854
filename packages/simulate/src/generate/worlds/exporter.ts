import { GERMAN, ITALIAN, JAPANESE, SPANISH, THAI } from './names.ts'
import type { World } from './world.ts'

/** Tokyo head office, plants in four countries, both vendors, much travel between them. */
export const exporter: World = {
  name: 'exporter',
  purpose: 'reporting',
  describe:
    'A maker of machines in Japan with plants in Thailand, Germany and Mexico; both vendors',
  firstDate: '2026-03-02',
  timezone: 'Asia/Tokyo',
  domain: 'KIKAI',
  nameForm: 'given.family',
  sites: [
    {
      ...{ key: 'tokyo', country: 'JP', latitude: 35.68, longitude: 139.77 },
      ...{ timezone: 'Asia/Tokyo', share: 0.45, names: JAPANESE },
    },
    {
      ...{ key: 'osaka', country: 'JP', latitude: 34.69, longitude: 135.5 },
      ...{ timezone: 'Asia/Tokyo', share: 0.2, names: JAPANESE },
    },
    {
      ...{ key: 'bangkok', country: 'TH', latitude: 13.75, longitude: 100.52 },
      ...{ timezone: 'Asia/Bangkok', share: 0.13, names: THAI },
    },
    {
      ...{ key: 'stuttgart', country: 'DE', latitude: 48.78, longitude: 9.18 },
      ...{ timezone: 'Europe/Berlin', share: 0.14, names: GERMAN },
    },
    {
      ...{ key: 'queretaro', country: 'MX', latitude: 20.59, longitude: -100.39 },
      ...{ timezone: 'America/Mexico_City', share: 0.08, names: SPANISH },
    },
  ],
  gateways: [
    {
      ...{ name: 'fgt-tyo-01', site: 'tokyo', form: 'fortigate-plain', statisticsMinutes: 240 },
      serves: ['tokyo', 'bangkok'],
    },
    {
      ...{ name: 'pcs-osa-01', site: 'osaka', form: 'pulse-rfc5424', statisticsMinutes: 0 },
      serves: ['osaka', 'tokyo'],
    },
    {
      ...{ name: 'fgt-str-01', site: 'stuttgart', form: 'fortigate-rfc3339', statisticsMinutes: 0 },
      serves: ['stuttgart', 'queretaro'],
    },
  ],
  habits: {
    ...{ workday: 0.72, dayOff: 0.05, office: 0.35, phones: 0.4, phoneDay: 0.3 },
    ...{ trips: 0.0018, abroad: 0.55, shifts: 0.05, freeHours: 0.05, typos: 0.05 },
    ...{ webGateway: 0, sharedAccounts: 4 },
  },
  workdays: [1, 2, 3, 4, 5],
  secondFactor: false,
  deviceIds: false,
  destinations: ['US', 'CN', 'KR', 'SG', 'IT', 'IN', 'VN', 'FR', 'ID', 'GB'],
  merger: {
    ...{ country: 'IT', latitude: 45.46, longitude: 9.19 },
    ...{ timezone: 'Europe/Rome', names: ITALIAN },
  },
}
