import { expect, test } from '@jest/globals'
import { DEFAULT_CONFIG } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { dayActivityOf, dayKeysOf } from './day-activity.ts'
import { KIND, networkKeyOf } from './store/long-term-record.ts'
import { prefixKeyOf } from './store/prefix-key.ts'
import { tokenOf } from './store/token.ts'
import { Vocabulary } from './store/vocabulary.ts'
import { HOTEL, login, TODAY, TOKYO } from './testing/story.ts'

const vocabulary = new Vocabulary(DEFAULT_CONFIG)

function activityOf(successes: readonly Attempt[], withheld: readonly number[] = []) {
  return dayActivityOf(successes, TODAY, (prefix) => withheld.includes(prefix), vocabulary)
}

const atHome = login('aoki', TOKYO, TODAY, '08:00', {
  deviceId: 'laptop',
  userAgent: 'FortiClient/7.0',
  realm: 'staff',
})
const again = login('aoki', TOKYO, TODAY, '08:59', { host: 9 })
const away = login('aoki', HOTEL, TODAY, '18:00', { gateway: 'gw-2' })

test('the first time of each network, prefix, device, client, gateway and realm of its successes', () => {
  const activity = activityOf([atHome, again, away])
  const eight = atHome.event.timestampMs
  const six = away.event.timestampMs
  expect(activity.firstMs.map((uses) => [...uses])).toEqual([
    [
      [networkKeyOf(64500, 'JP'), eight],
      [networkKeyOf(64514, 'JP'), six],
    ],
    [
      [prefixKeyOf('198.51.100.0/24'), eight],
      [prefixKeyOf('100.70.6.0/24'), six],
    ],
    [[tokenOf('laptop'), eight]],
    [[tokenOf('forticlient'), eight]],
    [
      [tokenOf('gw-1'), eight],
      [tokenOf('gw-2'), six],
    ],
    [[tokenOf('staff'), eight]],
  ])
  expect(activity).toMatchObject({ startMs: eight, namesDevice: true })
  expect(activity.hours).toBe((1 << 8) | (1 << 18))
})

test('what is withheld teaches nothing, not even the hour', () => {
  const activity = activityOf([atHome, away], [prefixKeyOf('198.51.100.0/24')])
  expect(activity).toMatchObject({ startMs: away.event.timestampMs, namesDevice: false })
  expect(dayKeysOf(activity)).toEqual({
    keys: [
      [networkKeyOf(64514, 'JP')],
      [prefixKeyOf('100.70.6.0/24')],
      [],
      [],
      [tokenOf('gw-2')],
      [],
    ],
    hours: 1 << 18,
    namesDevice: false,
  })
  const nothing = activityOf([atHome], [prefixKeyOf('198.51.100.0/24')])
  expect(nothing).toMatchObject({ startMs: null, hours: 0 })
})

test('a network that no database knows is a network, a text that is not there is no key', () => {
  const place = { ...TOKYO.place, asn: 0, country: '' }
  const { firstMs } = activityOf([login('aoki', { ...TOKYO, place }, TODAY, '08:00')])
  expect([...(firstMs[KIND.network]?.keys() ?? [])]).toEqual([0])
  expect([KIND.device, KIND.client, KIND.realm].map((kind) => firstMs[kind]?.size)).toEqual([
    0, 0, 0,
  ])
})
