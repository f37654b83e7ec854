/** Named points of the protocol at which a test may end the process, or hold it. */
export type Point =
  | 'fenced'
  | 'restoring'
  | 'restored'
  | 'before-commit'
  | 'after-commit'
  | 'assigned'
  | 'revoked'
  | 'before-snapshot'
  | 'after-snapshot'
  | 'before-write'
  | 'after-write'

/** Called whenever a named point is passed; in service it does nothing. */
export type Reach = (point: Point) => void

export const NOWHERE: Reach = () => {}
