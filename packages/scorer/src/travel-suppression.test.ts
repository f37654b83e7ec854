import { describe, expect, test } from '@jest/globals'
import type { Alert, Place } from '@sekisho/event'
import { whyNot } from './testing/run.ts'
import {
  CARRIER,
  changed,
  day,
  habit,
  login,
  NEW_YORK,
  OFFICE,
  SAPPORO,
  TODAY,
  TOKYO,
  tenDaysOf,
  UNLISTED_OFFICE,
} from './testing/story.ts'
import { travelOf, travelsOf } from './testing/travels.ts'

describe('suppressed by the same network', () => {
  const near = changed(NEW_YORK, '198.18.2.', {
    latitude: 0,
    longitude: 100,
    asn: 64600,
    country: 'US',
  })
  const evening = login('aoki', near, TODAY, '20:00')
  const far = (place: Partial<Place>) =>
    login(
      'aoki',
      changed(NEW_YORK, '198.18.3.', { latitude: 60, longitude: 100, ...place }),
      TODAY,
      '20:30',
    )

  test.each([
    { what: 'same operator, same country', place: { asn: 64600, country: 'US' }, isAlert: false },
    { what: 'another operator', place: { asn: 64601, country: 'US' }, isAlert: true },
    { what: 'another country', place: { asn: 64600, country: 'CA' }, isAlert: true },
    { what: 'operators unknown', place: { asn: 0, country: 'US' }, isAlert: true },
  ])('$what: $isAlert', ({ place, isAlert }) => {
    const travels = travelsOf(...tenDaysOf('aoki'), evening, far(place))
    expect(travels).toHaveLength(isAlert ? 1 : 0)
    if (isAlert) expect(whyNot(travels[0] as Alert, 'same_network')?.applied).toBe(false)
  })
})

describe('suppressed by a shared egress', () => {
  const home = habit('aoki', TOKYO, 0, 10)
  const far = changed(UNLISTED_OFFICE, '198.18.4.', { latitude: 51.5, longitude: 0, country: 'GB' })
  const visit = login('aoki', far, TODAY, '09:00')
  const staff = (users: number, first: number, last: number) =>
    Array.from({ length: users }, (_, i) => habit(`staff${i}`, far, first, last)).flat()

  test.each([
    {
      what: 'five users on two days up to three days before',
      users: 5,
      first: 6,
      last: 7,
      isAlert: false,
    },
    { what: 'four users', users: 4, first: 6, last: 7, isAlert: true },
    {
      what: 'one of the two days too young for the profile',
      users: 5,
      first: 7,
      last: 8,
      isAlert: true,
    },
    { what: 'one day only', users: 9, first: 6, last: 6, isAlert: true },
  ])('$what: $isAlert', ({ users, first, last, isAlert }) => {
    expect(travelsOf(...home, ...staff(users, first, last), visit)).toHaveLength(isAlert ? 1 : 0)
  })

  test('the list of own networks does it at once', () => {
    const listed = changed(OFFICE, '198.18.5.', { latitude: 51.5, longitude: 0, country: 'GB' })
    expect(travelsOf(...home, login('aoki', listed, TODAY, '09:00'))).toEqual([])
  })

  test('that the own end is shared does not hide the strange one', () => {
    const work = [...habit('aoki', OFFICE, 0, 10), login('aoki', NEW_YORK, TODAY, '09:00')]
    expect(whyNot(travelOf(...work), 'shared_egress')).toMatchObject({ applied: false })
  })
})

describe('suppressed by having learnt the network', () => {
  const elsewhere = changed(NEW_YORK, '100.70.9.', {})
  const home = habit('aoki', TOKYO, 0, 10)
  const visit = login('aoki', NEW_YORK, TODAY, '09:00')

  test.each([
    { days: [3, 4], isAlert: false },
    { days: [4], isAlert: true },
  ])('active on days $days behind another address of the operator', ({ days, isAlert }) => {
    const before = days.map((n) => login('aoki', elsewhere, day(n), '20:00'))
    const travels = travelsOf(...home, ...before, visit)
    expect(travels).toHaveLength(isAlert ? 1 : 0)
    if (isAlert) {
      expect(whyNot(travels[0] as Alert, 'learnt_pair')).toEqual({
        name: 'learnt_pair',
        applied: false,
        why: '1 earlier UTC days in AS64511/US, 10 in AS64500/JP, 2 in each are needed',
      })
    }
  })

  test('one earlier visit from the very address is not enough: it may have been the thief’s', () => {
    const before = login('aoki', NEW_YORK, day(3), '20:00')
    expect(travelsOf(...home, before, visit)).toHaveLength(1)
  })
})

describe('suppressed by a phone that is routed home', () => {
  const phone = habit('aoki', CARRIER, 0, 9)
  const roaming = [login('aoki', CARRIER, TODAY, '11:30'), login('aoki', NEW_YORK, TODAY, '12:00')]
  const atHomeAt = (onDay: number, time: string) => [
    ...habit('aoki', TOKYO, 0, 4, '08:00'),
    login('aoki', TOKYO, onDay, time),
  ]

  test('the carrier at home, the user abroad', () => {
    expect(travelsOf(...phone, ...roaming)).toEqual([])
  })

  test.each([
    // Half a day and less: the travel from the home line itself would be feasible (935 km/h).
    { onDay: 10, time: '00:00:00', isAlert: true },
    { onDay: 9, time: '23:59:59', isAlert: false },
  ])(
    'unless a fixed line at home was alive within 12 h: day $onDay, $time',
    ({ onDay, time, isAlert }) => {
      const travels = travelsOf(...phone, ...atHomeAt(day(onDay), time), ...roaming)
      expect(travels).toHaveLength(isAlert ? 1 : 0)
      if (isAlert)
        expect(whyNot(travels[0] as Alert, 'home_routed_roaming')?.why).toContain('198.51.100.0/24')
    },
  )

  test('not for a carrier that the user never had', () => {
    const alert = travelOf(...habit('aoki', SAPPORO, 0, 9), ...roaming)
    expect(whyNot(alert, 'home_routed_roaming')).toEqual({
      name: 'home_routed_roaming',
      applied: false,
      why: 'no end is the user’s own mobile carrier at home',
    })
  })
})

describe('suppressed by the device', () => {
  test.each([
    { here: 'laptop-1', there: 'laptop-1', isAlert: false },
    { here: 'laptop-1', there: 'laptop-2', isAlert: true },
    { here: 'laptop-1', there: '', isAlert: true },
    { here: '', there: '', isAlert: true },
  ])('$here and $there', ({ here, there: away, isAlert }) => {
    const travels = travelsOf(
      ...tenDaysOf('aoki'),
      login('aoki', TOKYO, TODAY, '08:00', { deviceId: here }),
      login('aoki', NEW_YORK, TODAY, '09:00', { deviceId: away }),
    )
    expect(travels).toHaveLength(isAlert ? 1 : 0)
    if (isAlert) expect(whyNot(travels[0] as Alert, 'same_device')?.applied).toBe(false)
  })
})
