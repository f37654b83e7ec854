/** Version of which the templates are. */
const MAJOR_VERSION_MIN = 9

/** Why a cluster of a version is not written to; null when it is new enough. */
export function versionProblem(version: string): string | null {
  if (Number.parseInt(version, 10) >= MAJOR_VERSION_MIN) return null
  return `the cluster is of version ${version}: Elasticsearch ${MAJOR_VERSION_MIN} or newer is needed`
}
