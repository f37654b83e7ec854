import { hostname } from 'node:os'
import { FileDisk, SinkService, SYSTEM_CLOCK, topicsOf } from '@sekisho/pipeline'
import type { CommandRun } from '../command.ts'
import { readServiceConfig } from '../config/read-service-config.ts'
import { Delivery, delivering } from '../outputs/delivery.ts'
import { runService } from '../service/service-frame.ts'
import { UsageError } from '../usage-error.ts'
import {
  brokerOf,
  documentPrinter,
  kafkaOf,
  lockedFolder,
  outputPathsOf,
  reachOf,
  refuseOtherTopics,
  rotationOf,
} from './service-parts.ts'
import { untilStopped } from './until-stopped.ts'

/** `sekisho sink`: alerts out of their topic into the outputs. */
export const sink: CommandRun = async (operands, values, io) => {
  if (operands.length > 0) throw new UsageError('sekisho sink takes no operands')
  const config = readServiceConfig(values, io.environment)
  const kafka = kafkaOf(config, 'sink')
  return await runService('sink', config, io, async ({ log, measures, health, signal }) => {
    const joined = health.check('group', 'the group has not been joined yet')
    const folder = `${config.state.folder}/sink`
    const lock = lockedFolder(folder)
    const broker = brokerOf(kafka, log)
    const disk = new FileDisk()
    try {
      await refuseOtherTopics(broker, kafka)
      const delivery = await Delivery.open({
        ...{ disk, log, measures, hostname: hostname() },
        outputs: config.outputs,
        folder: `${folder}/outbox`,
      })
      await delivering(delivery, signal, (enough) =>
        untilStopped(enough, async (fail) => {
          const service = new SinkService({
            ...{ broker, disk, folder },
            topic: topicsOf(kafka.prefix).alerts,
            group: `${kafka.prefix}.sink`,
            paths: outputPathsOf(config, delivery),
            rotation: rotationOf(config, disk),
            isHeld: () => delivery?.isFull ?? false,
            onDocument: documentPrinter(config, io),
            clock: SYSTEM_CLOCK,
            reach: reachOf(io),
            written: (documents) => measures.stage('sink').committed(documents, 0, false),
            lag: (partition, records) => measures.stage('sink').lag(partition, records),
            onFatal: fail,
          })
          await service.start()
          joined.pass()
          return () => service.stop()
        }),
      )
    } finally {
      await broker.close()
      await disk.close()
      lock.release()
    }
  })
}
