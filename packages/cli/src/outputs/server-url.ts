const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/

/**
 * Why alerts must not go to an address; null when they may.
 * @param hasSecret something secret goes with them, which nobody on the way may read
 */
export function serverUrlProblem(text: string, hasSecret: boolean): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    return 'must be an address such as https://elasticsearch.example:9200'
  }
  if (url.username !== '' || url.password !== '') {
    return 'must not hold a user or password: both have options and keys of their own'
  }
  if (url.search !== '' || url.hash !== '') return 'must end with the path'
  if (url.protocol === 'http:' && hasSecret && !LOOPBACK.test(url.hostname)) {
    return 'must begin with https: over http everybody on the way could read the password or key'
  }
  return null
}
