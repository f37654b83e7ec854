import type { ConsumedRecord } from '../../broker.ts'
import { type Attempt, PARTITIONS } from './model.ts'

/** What was committed is what the writers were told, whole. @returns what is not so, one sentence each */
export function wronglyWritten(
  attempts: readonly Attempt[],
  committed: readonly ConsumedRecord[],
): string[] {
  const places = new Map<string, number[]>()
  for (const { key, partition } of committed) {
    places.set(key, [...(places.get(key) ?? []), partition])
  }
  return attempts.flatMap(({ key, partitions, outcome }) => {
    const found = (places.get(key) ?? []).sort().join()
    const whole = [...partitions].sort().join()
    const isNoneRight = outcome !== 'written'
    const isWholeRight = outcome !== 'unavailable' && outcome !== 'fenced'
    const isRight = (isNoneRight && found === '') || (isWholeRight && found === whole)
    return isRight ? [] : [`${key} to ${whole} was ${outcome} and is in ${found}`]
  })
}

/** Of each id and partition: writer after writer, none after another has begun, and each in its own order. */
export function wronglyOrdered(
  attempts: readonly Attempt[],
  committed: readonly ConsumedRecord[],
): string[] {
  const byKey = new Map(attempts.map((attempt) => [attempt.key, attempt]))
  const last = new Map<string, Attempt>()
  const over = new Set<string>()
  return committed.flatMap(({ key, partition }) => {
    const attempt = byKey.get(key)
    if (attempt === undefined) return [`nobody wrote ${key}`]
    const place = `${attempt.id} ${partition}`
    const before = last.get(place)
    last.set(place, attempt)
    if (before === undefined) return []
    if (before.writer === attempt.writer) {
      return attempt.number > before.number ? [] : [`${key} comes after ${before.key} in ${place}`]
    }
    over.add(`${before.writer} ${place}`)
    return over.has(`${attempt.writer} ${place}`) ? [`${key} comes after its fencing`] : []
  })
}

/** Every reading has, without a gap, what is committed from the beginning on; of every partition one has all of it. */
export function wronglyRead(
  readings: readonly ConsumedRecord[][],
  committed: readonly ConsumedRecord[],
): string[] {
  const problems: string[] = []
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const whole = committed.filter((record) => record.partition === partition).map(shown)
    let longest = 0
    for (const reading of readings) {
      if (reading[0]?.partition !== partition) continue
      longest = Math.max(longest, reading.length)
      const wrong = reading.findIndex((record, index) => shown(record) !== whole[index])
      if (wrong >= 0) problems.push(`record ${wrong} of a reading of ${partition} is wrong`)
    }
    if (longest < whole.length) problems.push(`${longest} of ${whole.length} in ${partition} read`)
  }
  return problems
}

function shown({ partition, offset, key, value }: ConsumedRecord): string {
  return `${partition} ${offset} ${key} ${value}`
}
