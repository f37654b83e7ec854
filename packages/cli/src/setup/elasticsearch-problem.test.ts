import { describe, expect, test } from '@jest/globals'
import { elasticsearchProblemOf } from './elasticsearch-problem.ts'

function error(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more })
}

const answer = (statusCode: number, reason: string): Error =>
  error('ResponseError', 'answered', { statusCode, body: { error: { reason } } })

describe('elasticsearchProblemOf', () => {
  test.each([
    [answer(401, 'who?'), false, 'does not know the user, password or key: who?'],
    [answer(403, 'no'), false, 'does not allow it: no'],
    [answer(400, 'odd'), false, 'answers 400: odd'],
    [answer(429, 'busy'), true, 'answers 429: busy'],
    [answer(503, 'red'), true, 'answers 503: red'],
    [error('ConnectionError', 'refused'), true, 'cannot be reached: refused'],
    [error('TimeoutError', 'late'), true, 'cannot be reached: late'],
    [
      error('ConnectionError', 'wrong version number'),
      true,
      'cannot be reached: it does not speak TLS there; is it http?',
    ],
    [
      error('ConnectionError', 'self-signed certificate'),
      true,
      'cannot be reached: self-signed certificate (the certificate is not trusted: name its authority with a CA file or fingerprint)',
    ],
    [
      error('ProductNotSupportedError', 'not that', { meta: {} }),
      true,
      'does not answer as Elasticsearch does: not that',
    ],
  ])('%p', (problem, isAway, sentence) => {
    expect(elasticsearchProblemOf(problem)).toEqual({ isAway, sentence })
  })

  test('errors of our own are none of its', () => {
    expect(elasticsearchProblemOf(new TypeError('x is undefined'))).toBeNull()
    expect(elasticsearchProblemOf(new RangeError('x'))).toBeNull()
  })

  test('a long reason is cut', () => {
    expect(elasticsearchProblemOf(answer(403, 'x'.repeat(5000)))?.sentence.length).toBeLessThan(500)
  })
})
