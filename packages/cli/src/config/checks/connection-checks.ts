import type { ConnectionCheck } from './check-row.ts'
import { outputChecks, stateCheck } from './folder-checks.ts'
import { type KafkaCheck, kafkaChecks } from './kafka-check.ts'
import { serverChecks } from './server-checks.ts'
import { httpChecks, sourceChecks } from './source-checks.ts'

/**
 * Everything that `sekisho config validate --connect` tries, in the order of its rows.
 * @param kafka what is asked of the brokers by a client of theirs
 * @param nowMs for certificates
 */
export function connectionChecks(
  kafka: readonly KafkaCheck[],
  nowMs: number,
): readonly ConnectionCheck[] {
  return [
    sourceChecks(nowMs),
    stateCheck,
    outputChecks,
    serverChecks,
    httpChecks,
    kafkaChecks(kafka),
  ]
}
