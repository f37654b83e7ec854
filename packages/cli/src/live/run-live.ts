import { hostname } from 'node:os'
import type { Broker } from '@sekisho/bus'
import { expandInputs } from '@sekisho/ingest'
import { EmbeddedService, FileDisk, PipelineError, SYSTEM_CLOCK } from '@sekisho/pipeline'
import type { CommandRun } from '../command.ts'
import { readServiceConfig } from '../config/read-service-config.ts'
import { reasonOf } from '../config/secret.ts'
import { Delivery, delivering } from '../outputs/delivery.ts'
import { runService } from '../service/service-frame.ts'
import { UsageError } from '../usage-error.ts'
import { archiveFeed, openFeeds } from './feeds.ts'
import {
  brokerOf,
  countedBy,
  datedFor,
  documentPrinter,
  kafkaOf,
  lineMeasuresOf,
  locatorFor,
  lockedFolder,
  newRunId,
  outputPathsOf,
  ownerOf,
  reachOf,
  rotationOf,
} from './service-parts.ts'

/** A disk that is full or refuses is no bug: what is not kept is read again by the next start. */
function toldOf(error: unknown, folder: string): unknown {
  if (error instanceof PipelineError) return new UsageError(error.message)
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return error
  return new UsageError(`${folder} or an output cannot be written: ${reasonOf(error)}`)
}

/** `sekisho run [PATH...]`: sources, stages and outputs in one process. */
export const runLive: CommandRun = async (paths, values, io) => {
  const config = readServiceConfig(values, io.environment)
  if (paths.length === 0 && config.sources.length === 0) {
    throw new UsageError(
      'sekisho run has nothing to read: put sources into the configuration (docs/configuration.md), or name a PATH whose files are read once',
    )
  }
  const isKafka = paths.length === 0 && config.sources.some(({ type }) => type === 'kafka')
  const kafka = isKafka ? kafkaOf(config, 'run') : null
  return await runService('run', config, io, async ({ log, measures, health, signal }) => {
    const reading = health.check('sources', 'what was read before the start is read again')
    const folder = `${config.state.folder}/run`
    const lock = lockedFolder(folder)
    const broker: Broker | null = kafka === null ? null : brokerOf(kafka, log)
    const disk = new FileDisk()
    try {
      const locator = locatorFor(config, log)
      const lines = lineMeasuresOf(measures)
      const counted = countedBy(measures)
      const delivery = await Delivery.open({
        ...{ disk, log, measures, hostname: hostname() },
        outputs: config.outputs,
        folder: `${folder}/outbox`,
      })
      const service = new EmbeddedService({
        scorer: { config: config.detect, databases: locator.version, dated: datedFor(config) },
        async feedsAt(positions) {
          const parts = {
            config,
            folder,
            broker,
            disk,
            log,
            measures,
            signal,
            positions,
            locator,
            lines,
          }
          return paths.length > 0
            ? [await archiveFeed(parts, await expandInputs(paths))]
            : await openFeeds(parts)
        },
        ...{ disk, folder },
        paths: outputPathsOf(config, delivery),
        rotation: rotationOf(config, disk),
        isHeld: () => delivery?.isFull ?? false,
        onDocument: documentPrinter(config, io),
        clock: SYSTEM_CLOCK,
        runId: newRunId(),
        owner: ownerOf(config),
        snapshotMs: config.state.snapshotMs,
        endsWithFeeds: paths.length > 0,
        measures: {
          alert: ({ ruleId, severity, revision }) => {
            if (revision === 1) measures.alert(ruleId, severity)
          },
          counted,
          lag: (feed, behind) => measures.sourceLag(feed, behind),
          endToEnd: (durationMs) => measures.endToEnd(durationMs),
          snapshot: (tookMs) => measures.snapshot(tookMs, io.nowMs()),
          warned: (sentence) => log.warn('state', sentence),
        },
        reach: reachOf(io),
      })
      const timer = setInterval(() => {
        if (service.isReady) reading.pass()
        if (delivery !== null) measures.outbox(delivery.bytes)
      }, 200)
      try {
        await delivering(delivery, signal, async (enough) => {
          enough.addEventListener('abort', () => service.stop(), { once: true })
          if (enough.aborted) service.stop()
          await service.run()
        })
      } catch (error) {
        throw toldOf(error, folder)
      } finally {
        clearInterval(timer)
      }
    } finally {
      await broker?.close()
      await disk.close()
      lock.release()
    }
  })
}
