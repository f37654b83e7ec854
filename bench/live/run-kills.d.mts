export interface KilledRunInOne {
  readonly text: string
  readonly isSame: boolean
  readonly done: {
    readonly kills: number
    readonly rotations: number
    readonly truncations: number
  }
  readonly folder: string
}

export function killedRunInOne(options: {
  readonly lines: number
  readonly kills: number
  readonly seed: number
  readonly rotations: number
  readonly truncations: number
  readonly settleMs: number
  readonly log: (text: string) => void
}): Promise<KilledRunInOne>
