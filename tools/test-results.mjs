/**
 * Adds up what Jest says of one package.
 * @param results the object that Jest writes with `--json`, null when there is none
 * @returns numbers of tests passed and skipped, and a line for each failure; a suite that did not run is one, and so
 *   is a package in which nothing was tested
 */
export function countsOf(results) {
  if (results === null) return { passed: 0, skipped: 0, failures: ['its tests did not run'] }
  const failures = []
  for (const suite of results.testResults) {
    const file = suite.name.slice(suite.name.indexOf('/src/') + 1)
    const failed = suite.assertionResults.filter(({ status }) => status === 'failed')
    for (const { fullName } of failed) failures.push(`${file}: ${fullName}`)
    if (suite.status === 'failed' && failed.length === 0) failures.push(`${file} did not run`)
  }
  if (results.numTotalTests === 0 && failures.length === 0) failures.push('no tests found')
  if (!results.success && failures.length === 0) failures.push('Jest failed (see above)')
  return {
    passed: results.numPassedTests,
    skipped: results.numPendingTests + results.numTodoTests,
    failures,
  }
}
