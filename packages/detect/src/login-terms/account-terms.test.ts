import { describe, expect, test } from '@jest/globals'
import { configWith, contextOf, japaneseProfile, valuesOf } from '../testing/alice.ts'
import {
  DAY,
  FRANKFURT,
  HOME,
  HOSTING,
  HOSTING_HERE,
  INTERNAL,
  type Known,
  lineAt,
  OFFICE,
  type TestNetwork,
} from '../testing/fake-user-view.ts'
import { accountTerms, isForeignGround, isSeriousReturn } from './account-terms.ts'

function termsOf(from: TestNetwork, known: Known) {
  return accountTerms(contextOf(lineAt('9:00', from), known))
}

describe('a dormant account', () => {
  function silent(days: number | null, knownDays: number): Known {
    return {
      vouched: [],
      lastActiveDayBefore: (day) => (days === null ? null : day - days),
      firstActiveDayBefore: (day) => day - knownDays,
    }
  }

  test.each([
    { days: 89, knownDays: 300, terms: {} },
    { days: 90, knownDays: 300, terms: { dormant_account: 1536 } },
    { days: 179, knownDays: 300, terms: { dormant_account: 1536 } },
    { days: 180, knownDays: 300, terms: { dormant_account: 2560 } },
    { days: null, knownDays: 500, terms: { dormant_account: 2560 } },
    { days: 100, knownDays: 180, terms: { dormant_account: 1536 } },
    { days: 100, knownDays: 179, terms: {} },
  ])('silent for $days of $knownDays days', ({ days, knownDays, terms }) => {
    expect(valuesOf(termsOf(HOME, silent(days, knownDays)))).toEqual(terms)
  })

  test('is not where the network vouches for the user, nor where nobody ever was', () => {
    expect(termsOf(HOME, { ...silent(90, 300), vouched: [HOME] })).toEqual([])
    expect(termsOf(HOME, { ...silent(null, 300), firstActiveDayBefore: () => null })).toEqual([])
  })

  test.each([
    { days: 100, text: 'the first login after 100 days of silence', silentDays: 100 },
    { days: null, text: 'the first login after more than 400 days of silence', silentDays: 401 },
  ])('carries its numbers: $text', ({ days, text, silentDays }) => {
    expect(termsOf(HOME, silent(days, 500))[0]).toMatchObject({
      family: 'account',
      why: text,
      quantities: { silent_days: silentDays, known_days: 500 },
    })
  })

  test.each([
    { countries: ['DE'], share: 0.01, quantities: { known_country: 1, country_share: 0.01 } },
    { countries: ['NL'], share: 0, quantities: { known_country: 0, country_share: 0 } },
  ])('and those that say whether its country is strange: $quantities', (each) => {
    const profile = japaneseProfile({ countryShare: () => each.share })
    const known: Known = { ...silent(100, 300), countries: each.countries, profile }
    expect(termsOf(FRANKFURT, known)[0]?.quantities).toMatchObject(each.quantities)
  })

  test('follows the configuration', () => {
    const dormant = { silentDays: 10, longSilentDays: 20, knownDaysMin: 15, silent: 1 }
    const config = configWith({ dormant })
    expect(valuesOf(termsOf(HOME, { ...silent(10, 15), config }))).toEqual({
      dormant_account: 1024,
    })
  })
})

describe('the first use of an account', () => {
  const newcomer: Known = {
    vouched: [],
    lastActiveDayBefore: () => null,
    firstActiveDayBefore: () => null,
  }
  const after = (historyDays: number | null) => ({
    profile: japaneseProfile({ firstDay: historyDays === null ? null : DAY - historyDays }),
  })

  test.each([
    { what: 'from a hosting network', from: HOSTING, is: true },
    { what: 'from a hosting network at home', from: HOSTING_HERE, is: true },
    { what: 'from a foreign home line', from: FRANKFURT, is: true },
    { what: 'from a home line at home', from: HOME, is: false },
    { what: 'from the office', from: OFFICE, is: false },
    { what: 'from a private address', from: INTERNAL, is: false },
  ])('$what', ({ from, is }) => {
    expect(valuesOf(termsOf(from, newcomer))).toEqual(is ? { first_use: 1536 } : {})
  })

  test.each([
    { historyDays: 30, is: true },
    { historyDays: 29, is: false },
    { historyDays: null, is: false },
  ])('after $historyDays days of the organisation’s history', ({ historyDays, is }) => {
    const terms = termsOf(FRANKFURT, { ...newcomer, ...after(historyDays) })
    expect(valuesOf(terms)).toEqual(is ? { first_use: 1536 } : {})
  })

  test('is the first login of the day, and of an account that was never active', () => {
    const earlier = lineAt('8:59', HOME)
    const later = lineAt('9:01', HOME)
    expect(termsOf(FRANKFURT, { ...newcomer, lines: [earlier] })).toEqual([])
    expect(termsOf(FRANKFURT, { ...newcomer, lines: [later] })).toHaveLength(1)
    expect(termsOf(FRANKFURT, { ...newcomer, firstActiveDayBefore: () => DAY - 1 })).toEqual([])
  })

  test('carries its numbers', () => {
    expect(termsOf(FRANKFURT, newcomer)[0]).toMatchObject({
      family: 'account',
      why: 'the first login ever of this account, in 60 days of the organisation’s history',
      quantities: { history_days: 60, country_share: 0 },
    })
  })
})

describe('foreign ground', () => {
  test.each([
    { from: HOSTING, share: 0, is: true, serious: true },
    { from: HOSTING_HERE, share: 1, is: true, serious: true },
    { from: FRANKFURT, share: 0.019, is: true, serious: true },
    { from: FRANKFURT, share: 0.02, is: false, serious: false },
    { from: INTERNAL, share: 0, is: false, serious: false },
    { from: OFFICE, share: 0, is: false, serious: false },
  ])('$from.base with a country share of $share', ({ from, share, is, serious }) => {
    const profile = japaneseProfile({ countryShare: () => share })
    const { view, login } = contextOf(lineAt('9:00', from), { profile, countries: [] })
    expect(isForeignGround(view, login.place)).toBe(is)
    expect(isSeriousReturn(view, login)).toBe(serious)
  })

  test.each([
    { countries: ['DE'], from: FRANKFURT, serious: false },
    { countries: ['DE', 'NL'], from: HOSTING, serious: true },
  ])('a country that the user knows excuses a home line only', ({ countries, from, serious }) => {
    const { view, login } = contextOf(lineAt('9:00', from), { countries })
    expect(isSeriousReturn(view, login)).toBe(serious)
  })
})
