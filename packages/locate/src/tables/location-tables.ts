import type { PlaceTable } from './place-table.ts'
import type { RangeTableV4 } from './range-table-v4.ts'
import type { RangeTableV6 } from './range-table-v6.ts'
import type { TextTable } from './text-table.ts'

/** One database of places: the ids of its ranges are indexes into its places. */
export interface PlaceDatabase {
  readonly v4: RangeTableV4
  readonly v6: RangeTableV6
  readonly places: PlaceTable
}

/** Everything that locating an address reads, as flat arrays. */
export interface LocationTables {
  /** DB-IP City Lite: current, without an error radius. */
  readonly fresh: PlaceDatabase
  /** GeoLite as geoip-lite ships it: years old, with an error radius. */
  readonly old: PlaceDatabase
  /** The ids of the ranges are indexes into `numbers` and `names`, the latter of `texts`. */
  readonly networks: {
    readonly v4: RangeTableV4
    readonly v6: RangeTableV6
    readonly numbers: Uint32Array
    readonly names: Uint32Array
  }
  readonly texts: TextTable
}

/** The tables and what they were compiled from. */
export interface CompiledTables {
  readonly tables: LocationTables
  /** Databases and their dates, e.g. `dbip-city 2026-06, geoip-lite before 2020-02, asn 2026-06`. */
  readonly version: string
}
