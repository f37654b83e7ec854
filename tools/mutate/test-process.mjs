// The process that tests mutants, so that one which never ends can be ended from outside: answers each message
// `{ rootDir, tests, isRelated }` (a pattern of test files, or the source file whose tests are meant) with whether those
// tests pass.

import { runCLI } from 'jest'

process.on('message', async ({ rootDir, config, tests, isRelated }) => {
  const { results } = await runCLI(
    {
      $0: 'mutate',
      _: isRelated ? [tests] : [],
      ...(isRelated ? { findRelatedTests: true } : { testPathPatterns: [tests] }),
      cacheDirectory: `${rootDir}/.jest-cache`,
      config,
      passWithNoTests: true,
      reporters: [],
      rootDir,
      runInBand: true,
      silent: true,
      watchman: false,
    },
    [process.cwd()],
  )
  process.send({ isPassed: results.success, tests: results.numTotalTests })
})
