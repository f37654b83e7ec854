export type { FilePosition, FilesPosition } from './files/file-position.ts'
export type { Fingerprint } from './files/fingerprint.ts'
export {
  type FollowedFileState,
  FollowedFiles,
  type FollowedFilesOptions,
} from './files/followed-files.ts'
export { LiveError } from './live-error.ts'
export type { LiveBatch, LiveLine, LiveSource } from './live-source.ts'
export type { SpoolLine } from './spool/record.ts'
export { Spool, type SpoolOptions } from './spool/spool.ts'
export type { SpoolPosition } from './spool/spool-position.ts'
export {
  type SpooledLine,
  type SpoolLoss,
  SpoolReader,
  type SpoolReaderOptions,
} from './spool/spool-reader.ts'
export * from './syslog/index.ts'
