import { describe, expect, test } from '@jest/globals'
import { metricsOf } from './metrics.ts'

function samples(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line.startsWith('sekisho_'))
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space + 1))]
    }),
  )
}

describe('metrics', () => {
  test('every measure arrives under its name and unit', async () => {
    let nowMs = 0
    const { measures, text } = metricsOf('run', '1.0.0', () => nowMs)
    measures.lines('event', 3)
    measures.rejected('no-time', 2)
    measures.attempts(4)
    measures.alert('X1', 'critical')
    measures.endToEnd(40)
    measures.snapshot(2_000, 1_000)
    measures.spool(77)
    measures.capped('connections', 5)
    measures.lateBeyondHorizon(6)
    const stage = measures.stage('user')
    stage.lag(0, 9)
    stage.lag(1, 10)
    stage.lag(1, null)
    stage.committed(7, 20, true)
    stage.restored(500)
    stage.retried({ problem: 'fenced' })
    nowMs = 31_000
    const found = samples(await text())
    expect(Object.fromEntries(found)).toMatchObject({
      'sekisho_lines_total{kind="event"}': 3,
      'sekisho_lines_total{kind="ignored"}': 0,
      'sekisho_rejected_total{reason="no-time"}': 2,
      sekisho_attempts_total: 4,
      'sekisho_alerts_total{rule="X1",severity="critical"}': 1,
      'sekisho_alerts_total{rule="N2",severity="high"}': 0,
      sekisho_end_to_end_seconds_sum: 0.04,
      'sekisho_end_to_end_seconds_bucket{le="0.025"}': 0,
      'sekisho_end_to_end_seconds_bucket{le="0.05"}': 1,
      sekisho_snapshot_seconds_sum: 2,
      sekisho_snapshot_age_seconds: 30,
      sekisho_spool_bytes: 77,
      'sekisho_capped_total{kind="connections"}': 5,
      sekisho_late_beyond_horizon_total: 6,
      'sekisho_lag_records{stage="user",partition="0"}': 9,
      'sekisho_transaction_seconds_sum{stage="user"}': 0.02,
      'sekisho_outputs_total{stage="user"}': 7,
      'sekisho_changelog_snapshots_total{stage="user"}': 1,
      'sekisho_restore_seconds_sum{stage="user"}': 0.5,
      'sekisho_partition_retries_total{stage="user",problem="fenced"}': 1,
    })
    // A partition that went to another process is that process's to tell of.
    expect(found.has('sekisho_lag_records{stage="user",partition="1"}')).toBe(false)
  })

  test('drops of the kernel add up over sockets', async () => {
    const { measures, text } = metricsOf('run', '1.0.0', () => 0)
    for (const count of [0, 5, 0, 7, 4]) measures.udpKernelDrops(count)
    expect(samples(await text()).get('sekisho_udp_kernel_drops_total')).toBe(16)
  })

  test('there is no age before the first snapshot', async () => {
    const { text } = metricsOf('run', '1.0.0', () => 0)
    expect(samples(await text()).has('sekisho_snapshot_age_seconds')).toBe(false)
  })

  test('two services in one process do not mix', async () => {
    const [one, other] = [metricsOf('a', '1', () => 0), metricsOf('b', '1', () => 0)]
    one.measures.attempts(5)
    expect(samples(await other.text()).get('sekisho_attempts_total')).toBe(0)
  })
})
