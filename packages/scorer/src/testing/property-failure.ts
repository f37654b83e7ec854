import { dayOf, dayTextOf } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import fc from 'fast-check'

/** A line of a world but for its day, in the fewest words that tell it from others. */
function wordsOf({ event, prefix }: Attempt): string {
  const time = new Date(event.timestampMs).toISOString().slice(11)
  const words = [time, event.userKey, event.sourceAddress || prefix, event.attempt, event.gateway]
  if (event.decides !== 'yes') words.push(`decides=${event.decides}`)
  if (event.sessionId !== '') words.push(`session=${event.sessionId}`)
  if (event.durationS >= 0) words.push(`${event.durationS}s`)
  if (event.deviceId !== '') words.push(event.deviceId)
  if (event.realm !== '') words.push(`realm=${event.realm}`)
  if (event.userAgent !== '') words.push(event.userAgent)
  return words.join(' ')
}

/** A world line by line; what happens every day, once with its first and last day. */
function worldText(attempts: readonly Attempt[]): string {
  const byTime = [...attempts].sort((a, b) => a.event.timestampMs - b.event.timestampMs)
  const daysOf = new Map<string, number[]>()
  for (const attempt of byTime) {
    const words = wordsOf(attempt)
    const days = daysOf.get(words) ?? []
    daysOf.set(words, [...days, dayOf(attempt.event.timestampMs)])
  }
  return [...daysOf].map(([words, days]) => `  ${stretchesOf(days).join(', ')} ${words}`).join('\n')
}

/** Days in a row as the first and the last of them. */
function stretchesOf(days: readonly number[]): string[] {
  const stretches: { first: number; last: number }[] = []
  for (const day of days) {
    const open = stretches.at(-1)
    if (open !== undefined && day - open.last <= 1) open.last = day
    else stretches.push({ first: day, last: day })
  }
  return stretches.map(({ first, last }) =>
    first === last ? dayTextOf(first) : `${dayTextOf(first)}..${dayTextOf(last)}`,
  )
}

function isAttempt(value: unknown): value is Attempt {
  return typeof value === 'object' && value !== null && 'event' in value && 'rawSha256' in value
}

/** A counterexample as text: worlds line by line, all else as fast-check writes it. */
function shown(value: unknown): string {
  if (isAttempt(value)) return worldText([value])
  if (!Array.isArray(value)) return fc.stringify(value)
  if (value.length > 0 && value.every(isAttempt)) return worldText(value)
  if (value.some((each) => Array.isArray(each))) return value.map(shown).join('\n')
  return fc.stringify(value)
}

/** Everything that is needed to understand a failure and to make it again. */
export function failureText<T>(name: string, details: fc.RunDetailsCommon<[T]>): string {
  const { seed, counterexamplePath, counterexample, numRuns, numShrinks, errorInstance } = details
  const again = `node bench/properties.mjs --only ${name} --seed ${seed} --path ${counterexamplePath}`
  const error = errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance))
  return [
    `${name} does not hold: case ${numRuns}, after ${numShrinks} shrinks; seed ${seed}, path ${counterexamplePath}`,
    again,
    ...(counterexample === null ? ['too few cases were left'] : counterexample.map(shown)),
    error.name === 'Difference' ? error.message : (error.stack ?? error.message),
  ].join('\n')
}
