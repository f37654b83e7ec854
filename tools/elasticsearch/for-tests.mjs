// The Elasticsearch that a test suite talks to: one of its own, or the one that SEKISHO_TEST_ELASTICSEARCH
// (http(s)://USER:PASSWORD@HOST:PORT) names.

import { whyNoJdk } from './jdk.mjs'
import { startElasticsearch } from './node-process.mjs'

/**
 * Why suites that need Elasticsearch are to be skipped, or null when there is one to be had.
 * @throws Error in continuous integration (CI=true), where nothing is skipped
 */
export function whyNoTestElasticsearch() {
  const { SEKISHO_TEST_ELASTICSEARCH, CI } = process.env
  if (SEKISHO_TEST_ELASTICSEARCH) return null
  const reason = whyNoJdk()
  if (reason === null) return null
  const message = `no Elasticsearch: ${reason}, and SEKISHO_TEST_ELASTICSEARCH is not set`
  if (CI === 'true') throw new Error(message)
  return message
}

/** A server with a superuser's name and password. `node` is null when it is not ours to stop and start. */
export async function testElasticsearch(options) {
  const { SEKISHO_TEST_ELASTICSEARCH } = process.env
  if (SEKISHO_TEST_ELASTICSEARCH) {
    const url = new URL(SEKISHO_TEST_ELASTICSEARCH)
    const username = decodeURIComponent(url.username)
    const password = decodeURIComponent(url.password)
    return { url: url.origin, username, password, ca: null, node: null, stop: async () => {} }
  }
  const node = await startElasticsearch(options)
  const { url, username, password, ca } = node
  return { url, username, password, ca, node, stop: () => node.stop() }
}
