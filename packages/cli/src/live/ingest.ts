import { expandInputs } from '@sekisho/ingest'
import {
  FileDisk,
  IngestService,
  type SavedPositions,
  SYSTEM_CLOCK,
  topicsOf,
} from '@sekisho/pipeline'
import type { CommandRun } from '../command.ts'
import { readServiceConfig } from '../config/read-service-config.ts'
import { runService } from '../service/service-frame.ts'
import { archiveFeed, openFeeds } from './feeds.ts'
import {
  brokerOf,
  kafkaOf,
  lineMeasuresOf,
  locatorFor,
  lockedFolder,
  newRunId,
  reachOf,
  refuseOtherTopics,
} from './service-parts.ts'

/** `sekisho ingest [PATH...]`: lines of sources, or of files that are there already, into Kafka. */
export const ingest: CommandRun = async (paths, values, io) => {
  const config = readServiceConfig(values, io.environment)
  const kafka = kafkaOf(config, 'ingest')
  return await runService('ingest', config, io, async ({ log, measures, health, signal }) => {
    const reading = health.check('sources', 'the sources have not been opened yet')
    const folder = `${config.state.folder}/ingest`
    const lock = lockedFolder(folder)
    const broker = brokerOf(kafka, log)
    const disk = new FileDisk()
    try {
      await refuseOtherTopics(broker, kafka)
      const positionsPath = `${folder}/positions.json`
      const saved = savedIn(await disk.read(positionsPath))
      const parts = {
        ...{ config, folder, broker, disk, log, measures, signal },
        positions: saved.positions,
        locator: locatorFor(config, log),
        lines: lineMeasuresOf(measures),
      }
      const feeds =
        paths.length > 0
          ? [await archiveFeed(parts, await expandInputs(paths))]
          : await openFeeds(parts)
      const service = new IngestService(
        {
          ...{ broker, disk, positionsPath, feeds, partitions: kafka.partitions },
          config: config.detect,
          topics: topicsOf(kafka.prefix),
          clock: SYSTEM_CLOCK,
          ingestId: saved.ingestId,
          endsWithFeeds: paths.length > 0,
          reach: reachOf(io),
          onRetry: (error) =>
            log.warn('write-retried', 'Kafka did not take lines; they are written again', {
              problem: error.problem,
              reason: error.message,
            }),
          lag: (feed, behind) => measures.sourceLag(feed, behind),
        },
        saved,
      )
      reading.pass()
      signal.addEventListener('abort', () => service.stop(), { once: true })
      if (signal.aborted) service.stop()
      await service.run()
    } finally {
      await broker.close()
      await disk.close()
      lock.release()
    }
  })
}

/** Positions of a former run; an ingest gets its name once and keeps it. */
function savedIn(bytes: Buffer | null): SavedPositions {
  if (bytes === null) return { ingestId: newRunId(), positions: {}, latestMs: null }
  return JSON.parse(bytes.toString('utf8')) as SavedPositions
}
