import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { StageMeasures, StageName } from './measures.ts'

/** Metrics of the stages that read topics. */
export class StageMetrics {
  readonly #lag: Gauge<'stage' | 'partition'>
  readonly #transaction: Histogram<'stage'>
  readonly #outputs: Counter<'stage'>
  readonly #changelogSnapshots: Counter<'stage'>
  readonly #restore: Histogram<'stage'>
  readonly #retries: Counter<'stage' | 'problem'>

  constructor(registry: Registry, buckets: readonly number[]) {
    const common = { registers: [registry], labelNames: ['stage'] as const }
    this.#lag = new Gauge({
      name: 'sekisho_lag_records',
      help: 'Records between the last one read and the end of the partition',
      labelNames: ['stage', 'partition'],
      registers: [registry],
    })
    this.#transaction = new Histogram({
      ...common,
      name: 'sekisho_transaction_seconds',
      help: 'Time from the first record of a transaction to its commit',
      buckets: [...buckets],
    })
    this.#outputs = new Counter({
      ...common,
      name: 'sekisho_outputs_total',
      help: 'Records written by committed transactions',
    })
    this.#changelogSnapshots = new Counter({
      ...common,
      name: 'sekisho_changelog_snapshots_total',
      help: 'Transactions that held the whole state of a partition',
    })
    this.#restore = new Histogram({
      ...common,
      name: 'sekisho_restore_seconds',
      help: 'Time to restore the state of a partition',
      buckets: [...buckets],
    })
    this.#retries = new Counter({
      name: 'sekisho_partition_retries_total',
      help: 'How often a partition was lost hold of and tried again',
      labelNames: ['stage', 'problem'],
      registers: [registry],
    })
  }

  of(stage: StageName): StageMeasures {
    return {
      lag: (partition, records) => {
        const labels = { stage, partition: String(partition) }
        if (records === null) this.#lag.remove(labels)
        else this.#lag.set(labels, records)
      },
      committed: (outputs, tookMs, isSnapshot) => {
        this.#transaction.observe({ stage }, tookMs / 1000)
        this.#outputs.inc({ stage }, outputs)
        if (isSnapshot) this.#changelogSnapshots.inc({ stage })
      },
      restored: (tookMs) => this.#restore.observe({ stage }, tookMs / 1000),
      retried: ({ problem }) => this.#retries.inc({ stage, problem }),
    }
  }
}
