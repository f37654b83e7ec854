import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { RbaAttempt } from './rba-attempt.ts'
import { RbaFileError, readRba } from './read-rba.ts'
import { HEADER, type Login, ownLogins, ownSmallCsv, rowOf } from './testing/own-small.ts'

const FILE = join(import.meta.dirname, 'testing', 'own-small.csv')

async function read(
  chunks: Iterable<string | Uint8Array>,
): Promise<{ attempts: RbaAttempt[]; rejected: string[] }> {
  const rejected: string[] = []
  const attempts: RbaAttempt[] = []
  const onRejected = (rejection: string): void => void rejected.push(rejection)
  for await (const attempt of readRba(chunks, { path: 'own.csv', onRejected }))
    attempts.push(attempt)
  return { attempts, rejected }
}

const login: Login = { day: 2, time: '12:43:30', user: '-77', address: '198.18.4.9' }

test('the file is what its script makes (UPDATE_GOLDEN=1 rewrites)', () => {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(FILE, ownSmallCsv())
  expect(readFileSync(FILE, 'utf8')).toBe(ownSmallCsv())
})

test('every row is an attempt or is rejected with its reason', async () => {
  const { attempts, rejected } = await read([readFileSync(FILE)])
  // The row of a former day is one; whether it comes too late is known where the days are collected.
  expect(attempts).toHaveLength(ownLogins().length + 1)
  expect(rejected.sort()).toEqual([
    'broken-row',
    'broken-row',
    'no-address',
    'no-label',
    'no-network-number',
    'no-time',
    'no-user',
  ])
  expect(attempts.filter(({ isTakeover }) => isTakeover)).toHaveLength(3)
  expect(attempts.filter(({ isAttackIp }) => isAttackIp)).toHaveLength(20)
})

test('a row says who, when, whence and how it ended', async () => {
  const said = {
    ...login,
    userAgent: 'A "quoted", agent\nof two lines',
    isSuccess: false,
    asn: 2119,
  }
  const { attempts } = await read([`\uFEFF${HEADER}\r\n${rowOf(0, said)}\r\n`])
  const [{ attempt, ...labels }] = attempts as [RbaAttempt]
  expect(labels).toEqual({ isAttackIp: false, isTakeover: false, isPlaceholder: false })
  expect(attempt).toMatchObject({
    prefix: '198.18.4.0/24',
    place: { hasLocation: false, country: 'NO', asn: 2119, networkClass: 'residential' },
    line: { path: 'own.csv', number: 3 },
    event: {
      timestampMs: Date.UTC(2020, 1, 5, 12, 43, 30, 772),
      attempt: 'bad_credential',
      outcome: 'failure',
      userKey: '-77',
      sourceAddress: '198.18.4.9',
      userAgent: 'A "quoted", agent\nof two lines',
    },
  })
  expect(attempt.id).toMatch(/^[0-9a-f]{32}$/)
  expect(attempt.rawSha256).toMatch(/^[0-9a-f]{64}$/)
})

test('a quote inside a field without quotes is a part of it', async () => {
  const odd = rowOf(0, { ...login, userAgent: 'AGENT' }).replace('AGENT', '7" tablet')
  const { attempts, rejected } = await read([`${HEADER}\n${odd}\n${rowOf(1, login)}\n`])
  expect(rejected).toEqual([])
  expect(attempts.map(({ attempt }) => attempt.event.userAgent)).toContain('7" tablet')
  expect(attempts).toHaveLength(2)
})

describe('placeholders', () => {
  test.each([
    { asn: 499_999, address: '198.18.4.9', isPlaceholder: false },
    { asn: 500_000, address: '198.18.4.9', isPlaceholder: true },
    { asn: 29_695, address: '10.0.4.9', isPlaceholder: true },
    { asn: 29_695, address: '110.0.4.9', isPlaceholder: false },
  ])('$asn, $address: $isPlaceholder', async ({ asn, address, isPlaceholder }) => {
    const { attempts } = await read([`${HEADER}\n${rowOf(0, { ...login, asn, address })}\n`])
    expect(attempts[0]).toMatchObject({ isPlaceholder, attempt: { place: { asn } } })
    const isUnknown = attempts[0]?.attempt.place.networkClass === 'unknown'
    expect(isUnknown || !isPlaceholder).toBe(true)
  })
})

describe('a file that is not the data set', () => {
  test.each([
    ['another header', 'user,time\n1,2\n', 'no column "Login Timestamp"'],
    [
      'a column that is missing',
      `${HEADER.replace(',Is Attack IP', '')}\n`,
      'no column "Is Attack IP"',
    ],
    [
      'a quote that never ends',
      `${HEADER}\n0,"${'x'.repeat(70_000)}\n`,
      "not the RBA data set's CSV",
    ],
  ])('%s', async (_what, text, message) => {
    await expect(read([text])).rejects.toThrow(RbaFileError)
    await expect(read([text])).rejects.toThrow(message)
  })

  test('an empty one has no rows', async () => {
    expect(await read([])).toEqual({ attempts: [], rejected: [] })
  })

  test('an error of the disk stays what it is', async () => {
    const broken = (async function* (): AsyncGenerator<string> {
      yield `${HEADER}\n`
      throw new RangeError('disk')
    })()
    const rows = readRba(broken)
    await expect(rows.next()).rejects.toThrow(RangeError)
  })
})

test('the pieces in which a file comes change nothing', async () => {
  const text = Buffer.from(`${HEADER}\n${rowOf(0, { ...login, userAgent: 'é, "€"' })}\n`)
  const whole = await read([text])
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 6 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), text.length]
      const pieces = at.slice(1).map((end, i) => text.subarray(at[i], end))
      expect(await read(pieces.filter(({ length }) => length > 0))).toEqual(whole)
    }),
    { seed: 8, numRuns: 60 },
  )
})

test('no text in a row breaks the reading of the next', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), async (a, b) => {
      const odd = rowOf(0, { ...login, user: `u${a}`, userAgent: b })
      const { attempts, rejected } = await read([`${HEADER}\n${odd}\n${rowOf(1, login)}\n`])
      expect(attempts.length + rejected.length).toBe(2)
      expect(attempts.at(-1)?.attempt.event.userRaw).toBe('-77')
    }),
    { seed: 8, numRuns: 200 },
  )
})
