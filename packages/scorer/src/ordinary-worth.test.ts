import { describe, expect, test } from '@jest/globals'
import { DEFAULT_LIMITS, type LimitOverrides, limitsOf } from '@sekisho/detect'
import { isOrdinaryWorth, isStrangeWorth } from './ordinary-worth.ts'

function worthOf(overrides: LimitOverrides): [boolean, boolean] {
  const limits = limitsOf(overrides)
  return [isOrdinaryWorth(limits), isStrangeWorth(limits)]
}

describe('an ordinary day can be passed over', () => {
  test('with the numbers that are delivered', () => {
    expect([isOrdinaryWorth(DEFAULT_LIMITS), isStrangeWorth(DEFAULT_LIMITS)]).toEqual([true, true])
  })

  test.each<{ what: string; overrides: LimitOverrides; worth: [boolean, boolean] }>([
    { what: 'a signal from 2.5 nats', overrides: { login: { signal: 2.5 } }, worth: [true, false] },
    { what: 'a signal from nothing', overrides: { login: { signal: 0 } }, worth: [false, false] },
    {
      what: 'an alert before a signal',
      overrides: { login: { medium: 0.5 } },
      worth: [false, false],
    },
    { what: 'a telling hour', overrides: { login: { hourMax: 3 } }, worth: [false, false] },
    {
      what: 'an hour that excuses much',
      overrides: { login: { hourMax: -3 } },
      worth: [false, false],
    },
    {
      what: 'a known network that excuses nothing',
      overrides: { login: { knownPrefix: 1 } },
      worth: [false, true],
    },
    {
      what: 'typing errors that tell',
      overrides: { login: { typingError: 3 } },
      worth: [false, false],
    },
    {
      what: 'a known device that tells',
      overrides: { login: { knownDevice: 4 } },
      worth: [false, false],
    },
    {
      what: 'attackers next door',
      overrides: { login: { attackCountry: 1 } },
      worth: [true, false],
    },
    {
      what: 'networks learnt at once',
      overrides: { travel: { learntDays: 0 } },
      worth: [true, false],
    },
    {
      what: 'networks learnt late',
      overrides: { travel: { learntDays: 20 } },
      worth: [true, true],
    },
  ])('not with every number: $what', ({ overrides, worth }) => {
    expect(worthOf(overrides)).toEqual(worth)
  })
})
