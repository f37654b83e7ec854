export type { AlertRun, AlertSink } from './alert-sink.ts'
export { BackOff } from './delivery/back-off.ts'
export {
  type AlertBody,
  type AlertDocument,
  type DeliveryListener,
  DeliveryStopped,
  type DeliveryTools,
  type Destination,
  documentOf,
} from './delivery/destination.ts'
export { ecsOfAlert } from './ecs-alert.ts'
export { jsonText } from './json-text.ts'
export { type LineOutput, NdjsonAlertSink } from './ndjson.ts'
export { OutputError, outputErrorOf } from './output-error.ts'
export { OutputFile } from './output-file.ts'
