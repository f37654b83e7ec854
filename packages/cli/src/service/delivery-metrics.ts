import { Counter, Gauge, type Registry } from 'prom-client'
import type { Measures } from './measures.ts'

/** Metrics of alerts on their way to servers. */
export function deliveryMetrics(
  registry: Registry,
): Pick<Measures, 'delivered' | 'deliveryRefused' | 'deliveryRetried' | 'outbox'> {
  const ofDestination = { labelNames: ['destination'] as const, registers: [registry] }
  const delivered = new Counter({
    name: 'sekisho_delivered_total',
    help: 'Alert documents that a server has taken',
    ...ofDestination,
  })
  const refused = new Counter({
    name: 'sekisho_delivery_refused_total',
    help: 'Alert documents that a server will never take, which are kept in a file',
    ...ofDestination,
  })
  const retried = new Counter({
    name: 'sekisho_delivery_retries_total',
    help: 'Attempts to deliver that failed and are made again',
    ...ofDestination,
  })
  const outbox = new Gauge({
    name: 'sekisho_outbox_bytes',
    help: 'Alert documents on disk that wait for servers, or are not removed yet',
    registers: [registry],
  })
  return {
    delivered: (destination, documents) => delivered.inc({ destination }, documents),
    deliveryRefused: (destination) => refused.inc({ destination }),
    deliveryRetried: (destination) => retried.inc({ destination }),
    outbox: (bytes) => outbox.set(bytes),
  }
}
