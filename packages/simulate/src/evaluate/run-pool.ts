/**
 * Runs jobs, some at a time, and gives their results in the order of the jobs, however many run at once.
 * The first failure ends it: no further job is begun, and it is thrown when those that run are done.
 */
export async function inPool<Job, Result>(
  jobs: readonly Job[],
  atOnce: number,
  run: (job: Job, runner: number) => Promise<Result>,
  onDone: (done: number) => void = () => {},
): Promise<Result[]> {
  const results: Result[] = []
  const failures: unknown[] = []
  let next = 0
  let done = 0
  const runner = async (number: number): Promise<void> => {
    while (next < jobs.length && failures.length === 0) {
      const index = next++
      try {
        results[index] = await run(jobs[index] as Job, number)
        onDone(++done)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  const runners = Math.max(1, Math.min(atOnce, jobs.length))
  await Promise.all(Array.from({ length: runners }, (_, number) => runner(number)))
  if (failures.length > 0) throw failures[0]
  return results
}
