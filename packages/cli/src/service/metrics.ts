import { RULES } from '@sekisho/detect'
import { SEVERITY_SCORE } from '@sekisho/event'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { deliveryMetrics } from './delivery-metrics.ts'
import type { Measures } from './measures.ts'
import { StageMetrics } from './stage-metrics.ts'

/** From a good day (a transaction takes some 20 ms) to an outage of minutes. */
const LATENCY_BUCKETS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

const LINE_KINDS = ['event', 'ignored', 'rejected'] as const

export interface Metrics {
  readonly measures: Measures
  /** In the text format of Prometheus. */
  text(): Promise<string>
  readonly contentType: string
}

/**
 * Metrics of one service, in a registry of their own. Names and units follow the conventions of Prometheus
 * (prometheus.io/docs/practices/naming).
 * @param nowMs wall clock, for the age of the snapshot
 */
export function metricsOf(service: string, version: string, nowMs: () => number): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'sekisho_build_info',
    help: 'Always 1; the labels tell version and service',
    labelNames: ['version', 'service'],
    registers: [registry],
  }).set({ version, service }, 1)
  return {
    measures: measuresIn(registry, nowMs),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

function measuresIn(registry: Registry, nowMs: () => number): Measures {
  const flow = flowMetrics(registry)
  const storage = storageMetrics(registry, nowMs)
  const stages = new StageMetrics(registry, LATENCY_BUCKETS_S)
  return {
    lines: (kind, count) => flow.lines.inc({ kind }, count),
    rejected: (reason, count) => flow.rejected.inc({ reason }, count),
    attempts: (count) => flow.attempts.inc(count),
    alert: (rule, severity) => flow.alerts.inc({ rule, severity }),
    endToEnd: (durationMs) => flow.endToEnd.observe(durationMs / 1000),
    stage: (stage) => stages.of(stage),
    snapshot(durationMs, writtenMs) {
      storage.snapshot.observe(durationMs / 1000)
      storage.snapshotWritten(writtenMs)
    },
    spool: (bytes) => storage.spool.set(bytes),
    sourceLag: (source, behind) => storage.sourceLag.set({ source }, behind),
    udpKernelDrops: (count) => flow.kernelDrops.inc(count),
    capped: (kind, count) => flow.capped.inc({ kind }, count),
    lateBeyondHorizon: (count) => flow.late.inc(count),
    ...deliveryMetrics(registry),
  }
}

function flowMetrics(registry: Registry) {
  const registers = [registry]
  const lines = new Counter({
    name: 'sekisho_lines_total',
    help: 'Lines read, by what they were',
    labelNames: ['kind'],
    registers,
  })
  // A rate needs a zero to begin with.
  for (const kind of LINE_KINDS) lines.inc({ kind }, 0)
  const alerts = new Counter({
    name: 'sekisho_alerts_total',
    help: 'Alerts written that were not there before',
    labelNames: ['rule', 'severity'],
    registers,
  })
  for (const severity of Object.keys(SEVERITY_SCORE)) {
    for (const { id } of RULES) alerts.inc({ rule: id, severity }, 0)
  }
  return {
    lines,
    alerts,
    attempts: new Counter({
      name: 'sekisho_attempts_total',
      help: 'Login attempts that were scored',
      registers,
    }),
    rejected: new Counter({
      name: 'sekisho_rejected_total',
      help: 'Lines and records set aside, by reason',
      labelNames: ['reason'],
      registers,
    }),
    endToEnd: new Histogram({
      name: 'sekisho_end_to_end_seconds',
      help: 'From the receipt of a line to its alert being written',
      buckets: LATENCY_BUCKETS_S,
      registers,
    }),
    kernelDrops: new Counter({
      name: 'sekisho_udp_kernel_drops_total',
      help: 'Datagrams that the kernel dropped because the receive buffer was full',
      registers,
    }),
    capped: new Counter({
      name: 'sekisho_capped_total',
      help: 'What was refused or cut because of a limit',
      labelNames: ['kind'],
      registers,
    }),
    late: new Counter({
      name: 'sekisho_late_beyond_horizon_total',
      help: 'Attempts too old to change an alert',
      registers,
    }),
  }
}

function storageMetrics(registry: Registry, nowMs: () => number) {
  const registers = [registry]
  let writtenMs: number | null = null
  new Gauge({
    name: 'sekisho_snapshot_age_seconds',
    help: 'Time since the last snapshot; absent before the first',
    registers,
    collect() {
      if (writtenMs === null) this.remove()
      else this.set(Math.max(0, nowMs() - writtenMs) / 1000)
    },
  })
  return {
    snapshotWritten(epochMs: number) {
      writtenMs = epochMs
    },
    snapshot: new Histogram({
      name: 'sekisho_snapshot_seconds',
      help: 'Time to write a snapshot',
      buckets: LATENCY_BUCKETS_S,
      registers,
    }),
    sourceLag: new Gauge({
      name: 'sekisho_source_lag',
      help: 'Bytes of a file or spool, or records of a topic, that wait to be read',
      labelNames: ['source'],
      registers,
    }),
    spool: new Gauge({
      name: 'sekisho_spool_bytes',
      help: 'Syslog lines on disk that are not processed yet',
      registers,
    }),
  }
}
