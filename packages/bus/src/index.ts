export type { SortableAttempt } from './sorted-attempts/sortable-attempt.ts'
export { SortedAttempts, type SortedAttemptsOptions } from './sorted-attempts/sorted-attempts.ts'
export { SpillFile } from './sorted-attempts/spill-file.ts'
export { inProcessTopic, type Topic } from './topic.ts'
