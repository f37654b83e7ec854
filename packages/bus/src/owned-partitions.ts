import type { JoinOptions, Membership } from './broker.ts'

/** A reader as the partitions' owner sees it. */
interface OwnedReader {
  readonly partition: number
  revoke(): void
}

/** The partitions that a member of a group owns, and its readers of them. Tells what is new and what is gone, in ascending order. */
export class OwnedPartitions<Reader extends OwnedReader> {
  readonly #membership: Membership
  readonly #told: Pick<JoinOptions, 'onAssigned' | 'onRevoked'>
  readonly #onGone: (reader: Reader) => void
  readonly #owned = new Set<number>()
  readonly #readers = new Map<string, Reader>()

  /** @param onGone a reader is no longer of use; comes before its `revoke` */
  constructor(
    membership: Membership,
    told: Pick<JoinOptions, 'onAssigned' | 'onRevoked'>,
    onGone: (reader: Reader) => void = () => {},
  ) {
    this.#membership = membership
    this.#told = told
    this.#onGone = onGone
  }

  get partitions(): ReadonlySet<number> {
    return this.#owned
  }

  reader(name: string): Reader | undefined {
    return this.#readers.get(name)
  }

  /** Takes a new reader in, or revokes it at once where its partition is not owned. @returns whether it was taken in */
  admit(name: string, reader: Reader): boolean {
    const isOwned = this.#owned.has(reader.partition)
    if (isOwned) this.#readers.set(name, reader)
    else reader.revoke()
    return isOwned
  }

  /**
   * What the group has given to this member.
   * @param isNewMember the group had given it up: others may have had its partitions in between, so all count as lost and new
   */
  assign(partitions: readonly number[], isNewMember = false): void {
    const kept = new Set(isNewMember ? [] : partitions)
    this.#revoke([...this.#owned].filter((partition) => !kept.has(partition)))
    const added = partitions.filter((partition) => !this.#owned.has(partition))
    for (const partition of added) this.#owned.add(partition)
    if (added.length > 0) this.#told.onAssigned(ascending(added), this.#membership)
  }

  revokeAll(): void {
    this.#revoke([...this.#owned])
  }

  #revoke(partitions: readonly number[]): void {
    if (partitions.length === 0) return
    const gone = new Set(partitions)
    for (const partition of gone) this.#owned.delete(partition)
    for (const [name, reader] of this.#readers) {
      if (!gone.has(reader.partition)) continue
      this.#readers.delete(name)
      this.#onGone(reader)
      reader.revoke()
    }
    this.#told.onRevoked(ascending([...gone]))
  }
}

function ascending(partitions: readonly number[]): number[] {
  return [...partitions].sort((one, other) => one - other)
}
