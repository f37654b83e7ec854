import type { Broker, ConsumedRecord, Tail } from '@sekisho/bus'
import type { DetectConfig } from '@sekisho/detect'
import { type KnownOrganisation, SharedOrganisation } from '@sekisho/scorer'
import { decoded, type OrganisationRecord } from './records.ts'

/** Keeps a process's picture of the organisation up to date from its topic. */
export class OrganisationFeed {
  readonly #broker: Broker
  readonly #topic: string
  readonly #newOrganisation: () => SharedOrganisation
  #organisation: SharedOrganisation
  #tail: Tail | null = null
  /** Of the picture in force. */
  #forgottenBefore = Number.NEGATIVE_INFINITY
  /** While the topic is read again; who needs more than is known waits for it, too. */
  #reading: Promise<void> | null = null

  constructor(broker: Broker, topic: string, config: DetectConfig, partitions: number) {
    this.#broker = broker
    this.#topic = topic
    this.#newOrganisation = () => new SharedOrganisation(config, partitions)
    this.#organisation = this.#newOrganisation()
  }

  /** What is known now. The object that tasks keep: it stands for whichever picture is in force. */
  readonly view: KnownOrganisation = viewOf(() => this.#organisation)

  /** Reads the topic to its present end, and then on. */
  async start(): Promise<void> {
    await this.#begin()
  }

  /**
   * Settles when profiles from a day on can be asked for; days that were forgotten are read again. Whoever requires them has made
   * sure that `forgetBefore` is no longer called for a later day.
   */
  async require(day: number): Promise<void> {
    while (day < this.#forgottenBefore) {
      this.#reading ??= this.#begin().finally(() => {
        this.#reading = null
      })
      await this.#reading
    }
  }

  /** No task asks for profiles before a day any more. */
  forgetBefore(day: number): void {
    if (day <= this.#forgottenBefore) return
    this.#forgottenBefore = day
    this.#organisation.forgetBefore(day)
  }

  async close(): Promise<void> {
    await this.#tail?.close()
  }

  /** The picture in force is replaced when the new one is whole. */
  async #begin(): Promise<void> {
    const organisation = this.#newOrganisation()
    const before = this.#tail
    const tail = await this.#broker.tail(this.#topic, (record) => receive(organisation, record))
    await tail.caughtUp
    this.#organisation = organisation
    this.#forgottenBefore = Number.NEGATIVE_INFINITY
    this.#tail = tail
    await before?.close()
  }
}

function viewOf(current: () => SharedOrganisation): KnownOrganisation {
  return {
    profile: (day) => current().profile(day),
    get closedThrough() {
      return current().closedThrough
    },
  }
}

function receive(organisation: SharedOrganisation, { value }: ConsumedRecord): void {
  const record = decoded<OrganisationRecord>(value, ['part', 'closed'])
  if (record === null) return
  if ('part' in record) organisation.receive(record.part)
  else organisation.close(record.closed.partition, record.closed.through)
}
