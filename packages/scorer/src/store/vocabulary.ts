import { clientFamilyOf, type DetectConfig, gatewayGroupOf } from '@sekisho/detect'
import type { Attempt, AttemptEvent, Place } from '@sekisho/event'
import { type ByteSource, jsonChunks } from './byte-source.ts'
import { Interned } from './interned.ts'
import { networkKeyOf } from './long-term-record.ts'
import { tokenOf } from './token.ts'

/** What lines of one gateway and client program have in common. */
export interface Origin {
  readonly vendor: AttemptEvent['vendor']
  readonly gateway: string
  readonly gatewaySerial: string
  readonly realm: string
  readonly userAgent: string
  readonly userDomain: string
  readonly path: string
  /** Tokens of the gateway's group, the client's family and the realm; 0 for empty texts. */
  readonly gatewayToken: number
  readonly clientToken: number
  readonly realmToken: number
}

/** Origins looked at before the table is asked. */
const RECENT = 8

/** Values that no row names any more are looked for when there are this many times as many as were left. */
const SWEEP_FACTOR = 2
const SWEEP_MIN = 20_000

/** Places and origins that rows name by number, of all users and source networks together. */
export class Vocabulary {
  readonly places = new Interned<Place>(keyOfPlace)
  readonly origins = new Interned<Origin>(keyOfOrigin)
  readonly #config: DetectConfig
  #recent: { origin: Origin; id: number }[] = []
  /** Keys of the places' networks, by place. */
  #networkKeys: number[] = []
  #sweptTo = SWEEP_MIN

  constructor(config: DetectConfig) {
    this.#config = config
  }

  placeIdOf(place: Place): number {
    return this.places.idOf(place)
  }

  /** The key of a place's network, by the place's number. */
  networkKeyOf(placeId: number): number {
    let key = this.#networkKeys[placeId]
    if (key === undefined) {
      const { asn, country } = this.places.value(placeId)
      key = networkKeyOf(asn, country)
      this.#networkKeys[placeId] = key
    }
    return key
  }

  originIdOf({ event, line }: Attempt): number {
    for (const { origin, id } of this.#recent) {
      if (
        origin.gateway === event.gateway &&
        origin.userAgent === event.userAgent &&
        origin.path === line.path &&
        origin.userDomain === event.userDomain &&
        origin.realm === event.realm &&
        origin.gatewaySerial === event.gatewaySerial &&
        origin.vendor === event.vendor
      ) {
        return id
      }
    }
    const origin = this.#newOrigin(event, line.path)
    const id = this.origins.idOf(origin)
    this.#recent = [{ origin, id }, ...this.#recent.slice(0, RECENT - 1)]
    return id
  }

  /**
   * Lets go of what no row of these logs names. Looks only when there are twice as many values as were left the last time.
   *
   * @param logs every log whose rows name places and origins of this vocabulary
   */
  sweepUnused(logs: Iterable<{ markUsed(places: Set<number>, origins: Set<number>): void }>): void {
    if (this.places.size + this.origins.size < this.#sweptTo) return
    const places = new Set<number>()
    const origins = new Set<number>()
    for (const log of logs) log.markUsed(places, origins)
    this.sweep(places, origins)
    this.#sweptTo = Math.max(SWEEP_MIN, SWEEP_FACTOR * (this.places.size + this.origins.size))
  }

  /** Lets go of what no row names. */
  sweep(places: ReadonlySet<number>, origins: ReadonlySet<number>): void {
    this.places.sweep((id) => places.has(id))
    this.origins.sweep((id) => origins.has(id))
    this.#recent = []
    this.#networkKeys = []
  }

  /** Both tables, for a snapshot. */
  *save(): Generator<Uint8Array> {
    yield* jsonChunks(this.places.entries())
    yield* jsonChunks(this.origins.entries())
  }

  /** Takes over what `save` gave out; both tables must be empty. */
  restore(source: ByteSource): void {
    this.places.restore(source.json<[number, Place][]>())
    this.origins.restore(source.json<[number, Origin][]>())
  }

  #newOrigin(event: AttemptEvent, path: string): Origin {
    const { vendor, gateway, gatewaySerial, realm, userAgent, userDomain } = event
    return {
      ...{ vendor, gateway, gatewaySerial, realm, userAgent, userDomain, path },
      gatewayToken: tokenOf(gatewayGroupOf(this.#config, event)),
      clientToken: tokenOf(clientFamilyOf(userAgent)),
      realmToken: tokenOf(realm),
    }
  }
}

function keyOfPlace(place: Place): string {
  const { latitude, longitude, radiusKm, country, city, asn, asName, networkClass, why } = place
  return JSON.stringify([
    ...[place.hasLocation, latitude, longitude, radiusKm],
    ...[country, city, asn, asName, networkClass, why],
  ])
}

function keyOfOrigin(origin: Origin): string {
  const { vendor, gateway, gatewaySerial, realm, userAgent, userDomain, path } = origin
  return JSON.stringify([vendor, gateway, gatewaySerial, realm, userAgent, userDomain, path])
}
