import { connect } from 'node:net'
import type { KafkaConfig } from '../service-config.ts'
import { readKafkaAccess } from '../tls-files.ts'
import { addressOf } from '../value-schemas.ts'
import { type CheckRow, type ConnectionCheck, passed, unreachable } from './check-row.ts'
import { networkReasonOf } from './network-reason.ts'
import { trying } from './trying.ts'

/** How long a broker may take to answer at all. */
const CONNECT_MS_MAX = 5_000

/** Looks at something that only a client of Kafka can see: that it is let in, that the topics are as they must be. */
export type KafkaCheck = (kafka: KafkaConfig) => Promise<readonly CheckRow[]>

/** Password and TLS files, the addresses of the brokers, and then what their clients see. */
export function kafkaChecks(clientChecks: readonly KafkaCheck[]): ConnectionCheck {
  return async ({ kafka }) => {
    if (kafka === null) return []
    const access = trying('kafka access', () => {
      readKafkaAccess(kafka)
      return passed('kafka access', accessText(kafka))
    })
    const brokers = await Promise.all(kafka.brokers.map(brokerCheck))
    const rows = [access, ...brokers]
    // Without a password or a broker to ask, the answer would only be the same once more.
    const isAnswered = brokers.some(({ result }) => result === 'pass')
    if (access.result !== 'pass' || !isAnswered) return rows
    for (const check of clientChecks) rows.push(...(await check(kafka)))
    return rows
  }
}

function accessText({ tls, sasl }: KafkaConfig): string {
  const transport = tls === null ? 'without TLS' : 'over TLS'
  return sasl === null
    ? `${transport}, without a user`
    : `${transport}, as ${sasl.username} (${sasl.mechanism}), password from ${sasl.password.origin}`
}

async function brokerCheck(broker: string): Promise<CheckRow> {
  const address = addressOf(broker)
  if (address === null) throw new TypeError(`${broker} was not checked by the schema`)
  const check = `kafka broker ${broker}`
  return await new Promise((resolve) => {
    const socket = connect({ ...address, timeout: CONNECT_MS_MAX })
    const end = (row: CheckRow): void => {
      socket.destroy()
      resolve(row)
    }
    socket.on('connect', () => end(passed(check, 'answers')))
    socket.on('timeout', () => {
      end(unreachable(check, `does not answer within ${CONNECT_MS_MAX / 1000} s`))
    })
    socket.on('error', (error) => {
      end(unreachable(check, `cannot be reached: ${networkReasonOf(error)}`))
    })
  })
}
