/** What kind of network an address belongs to; precedence as written (docs/rules, network class). */
export type NetworkClass =
  | 'internal'
  | 'own_gateway'
  | 'corp_egress'
  | 'swg'
  | 'mobile'
  | 'residential'
  | 'hosting'
  | 'anon'
  | 'satellite'
  | 'unknown'

/**
 * Where an address is, as far as anyone knows: an area, not a point.
 * `hasLocation` is false when there is none (private, documentation, unlisted, or a void class);
 * then the coordinates and the radius are 0 and must not be used.
 */
export interface Place {
  readonly hasLocation: boolean
  readonly latitude: number
  readonly longitude: number
  /** Radius in km of the 95 % statement: the table by class and the disagreement of the two witnesses. */
  readonly radiusKm: number
  /** ISO 3166 alpha-2, or `''`. */
  readonly country: string
  readonly city: string
  /** Autonomous system number, 0 when unknown. */
  readonly asn: number
  readonly asName: string
  readonly networkClass: NetworkClass
  /** One sentence on how the place was decided, shown in evidence. */
  readonly why: string
}

/** Port of `locate`: pure for the caller; the tables behind it are dated. */
export interface Locator {
  /** @param address canonical text of `address.ts`; unknown addresses give a place without location. */
  locate(address: string): Place
  /** Dates of the databases in force, e.g. `dbip-city 2026-06, geoip-lite 2020-01, asn 2026-06`. */
  readonly version: string
}
