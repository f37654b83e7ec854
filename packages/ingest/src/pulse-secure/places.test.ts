import { expect, test } from '@jest/globals'
import { weighedPlaces } from './places.ts'
import { READINGS_MAX } from './record.ts'

const REFUSED = 'Login failed using'
const ACCEPTED = 'Agent login succeeded for'

/** A text of messages behind a mark each, and the places of these. */
function textOf(messages: readonly string[]): { text: string; places: number[] } {
  const places: number[] = []
  let text = ''
  for (const message of messages) {
    text += '| '
    places.push(text.length)
    text += message
  }
  return { text, places }
}

/** The messages that are weighed, by their numbers. */
function weighedOf(messages: readonly string[], offset = 0): number[] {
  const { text, places } = textOf(messages)
  const shifted = places.map((place) => place - offset)
  return weighedPlaces(text, shifted, offset).map((place) => shifted.indexOf(place))
}

test('a few places are all weighed', () => {
  expect(weighedOf([])).toEqual([])
  expect(weighedOf(new Array(READINGS_MAX - 1).fill('x'))).toHaveLength(READINGS_MAX - 1)
})

/** Numbers from one to another. */
function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

test('of more, the first, the middle and the last ones are weighed', () => {
  expect(weighedOf(new Array(READINGS_MAX).fill('x'))).toHaveLength(READINGS_MAX)
  expect(weighedOf(new Array(101).fill('x'))).toEqual([0, 49, 50, ...range(88, 100)])
})

test.each([0, 2])('refusals come before what is not known, and logins come last (%d)', (offset) => {
  const messages = new Array(50).fill(ACCEPTED)
  expect(weighedOf(messages, offset)).toEqual([0, 24, 25, ...range(37, 49)])
  messages[3] = 'x'
  expect(weighedOf(messages, offset)).toEqual([0, 3, 24, 25, ...range(38, 49)])
  messages.fill(REFUSED, 5, 15)
  messages.fill('x', 18, 22)
  expect(weighedOf(messages, offset)).toEqual([0, ...range(5, 14), 20, 21, 24, 25, 49])
  messages.fill(REFUSED, 5, 20)
  expect(weighedOf(messages, offset)).toEqual([0, ...range(8, 19), 24, 25, 49])
})
