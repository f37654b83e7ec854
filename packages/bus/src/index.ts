export type { SortableAttempt } from './sorted-attempts/sortable-attempt.ts'
export { SortedAttempts, type SortedAttemptsOptions } from './sorted-attempts/sorted-attempts.ts'
export { inProcessTopic, type Topic } from './topic.ts'
