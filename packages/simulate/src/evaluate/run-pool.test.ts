import { describe, expect, test } from '@jest/globals'
import { inPool } from './run-pool.ts'

/** Promises that are settled by hand, in any order. */
function jobsByHand() {
  const waiting = new Map<string, PromiseWithResolvers<string>>()
  const begun: string[] = []
  const run = (job: string, runner: number): Promise<string> => {
    begun.push(`${job} on ${runner}`)
    const settled = Promise.withResolvers<string>()
    waiting.set(job, settled)
    return settled.promise
  }
  const settle = async (job: string, error?: Error): Promise<void> => {
    if (error === undefined) waiting.get(job)?.resolve(`${job} done`)
    else waiting.get(job)?.reject(error)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { begun, run, settle }
}

describe('inPool', () => {
  test('results are in the order of the jobs, whichever ends first', async () => {
    const { begun, run, settle } = jobsByHand()
    const counts: number[] = []
    const results = inPool(['a', 'b', 'c'], 2, run, (done) => counts.push(done))
    expect(begun).toEqual(['a on 0', 'b on 1'])
    await settle('b')
    expect(begun).toEqual(['a on 0', 'b on 1', 'c on 1'])
    await settle('c')
    await settle('a')
    expect(await results).toEqual(['a done', 'b done', 'c done'])
    expect(counts).toEqual([1, 2, 3])
  })

  test.each([1, 2, 7])('%i at once give the same', async (atOnce) => {
    const jobs = [5, 3, 8, 1]
    expect(await inPool(jobs, atOnce, async (job) => job * 2)).toEqual([10, 6, 16, 2])
  })

  test('the first failure ends it when those that run are done', async () => {
    const { begun, run, settle } = jobsByHand()
    const results = inPool(['a', 'b', 'c'], 2, run)
    const failed = expect(results).rejects.toThrow('a failed')
    await settle('a', new Error('a failed'))
    expect(begun).toEqual(['a on 0', 'b on 1'])
    await settle('b')
    await failed
  })

  test('no job, no result', async () => {
    expect(await inPool([], 2, async () => 1)).toEqual([])
  })
})
