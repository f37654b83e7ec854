// The broker that a test suite talks to: one of its own, or the one that SEKISHO_TEST_KAFKA (HOST:PORT) names.

import { randomBytes } from 'node:crypto'
import { startKafka } from './broker-process.mjs'
import { whyNoJava } from './jars.mjs'

/**
 * Why suites that need a broker are to be skipped, or null when there is one to be had.
 * @throws Error in continuous integration (CI=true), where nothing is skipped
 */
export function whyNoTestKafka() {
  const { SEKISHO_TEST_KAFKA, CI } = process.env
  if (SEKISHO_TEST_KAFKA) return null
  const reason = whyNoJava()
  if (reason === null) return null
  const message = `no Kafka broker: ${reason}, and SEKISHO_TEST_KAFKA is not set`
  if (CI === 'true') throw new Error(message)
  return message
}

/** A broker, and a prefix for the names of topics, groups and ids that no other run has. */
export async function testKafka(options) {
  const prefix = `test-${randomBytes(5).toString('hex')}-`
  const { SEKISHO_TEST_KAFKA } = process.env
  if (SEKISHO_TEST_KAFKA) {
    return { brokers: [SEKISHO_TEST_KAFKA], prefix, server: null, stop: async () => {} }
  }
  const server = await startKafka(options)
  return { brokers: server.brokers, prefix, server, stop: () => server.stop() }
}
