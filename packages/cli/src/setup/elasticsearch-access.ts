import { readServiceConfig } from '../config/read-service-config.ts'
import type { ElasticsearchOutputConfig } from '../config/service-config.ts'
import type { Io } from '../io.ts'
import type { OptionValues } from '../option-values.ts'
import { elasticsearchLoginOf, elasticsearchTargetOf } from '../outputs/elasticsearch-options.ts'
import { serverUrlProblem } from '../outputs/server-url.ts'
import { UsageError } from '../usage-error.ts'

/**
 * The cluster to be set up, and who does it: that of the flags, or an output of the configuration. A login among the flags goes before
 * that of the output, which is for running and may less.
 * @throws UsageError
 */
export function clusterOf(
  values: OptionValues,
  environment: Io['environment'],
): ElasticsearchOutputConfig {
  if (values.text('elasticsearch') !== null) {
    const target = elasticsearchTargetOf(values, environment)
    if (target !== null) return target.output
  }
  const output = outputOf(values, environment)
  const login = elasticsearchLoginOf(values, environment) ?? output.login
  for (const url of output.urls) {
    const problem = serverUrlProblem(url, login !== null)
    if (problem !== null) throw new UsageError(`${url} ${problem}`)
  }
  return { ...output, login }
}

function outputOf(values: OptionValues, environment: Io['environment']): ElasticsearchOutputConfig {
  const { outputs } = readServiceConfig(values, environment)
  const clusters = outputs.filter((output) => output.type === 'elasticsearch')
  const wanted = values.text('output')
  const found = clusters.find(({ name }) => wanted === null || name === wanted)
  if (found !== undefined) return found
  if (wanted === null) {
    throw new UsageError(
      'sekisho setup elasticsearch needs --elasticsearch https://HOST:9200, or an output of type elasticsearch in the configuration',
    )
  }
  const names = clusters.map(({ name }) => name).join(', ')
  throw values.wrong(
    'output',
    `names no output of type elasticsearch; there are: ${names || 'none'}`,
  )
}
