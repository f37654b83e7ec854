export interface KilledRun {
  readonly text: string
  readonly isSame: boolean
  readonly done: {
    readonly kills: Readonly<Record<string, number>>
    readonly brokerRestarts: number
  }
  readonly folder: string
}

export function killedRun(options: {
  readonly lines: number
  readonly kills: number
  readonly seed: number
  readonly zombieMs: number
  readonly brokerRestarts: number
  readonly partitions: number
  readonly settleMs: number
  readonly log: (text: string) => void
}): Promise<KilledRun>

export function removed(folder: string): void
