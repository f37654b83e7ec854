import { NetworkBuilder, readAsnV4, readAsnV6 } from '../sources/asn-csv.ts'
import { readDbipV4, readDbipV6 } from '../sources/dbip-city.ts'
import { GeoipLitePlaces, readGeoipLiteV4, readGeoipLiteV6 } from '../sources/geoip-lite.ts'
import type { DatabaseFiles } from '../sources/packages.ts'
import type { CompiledTables } from './location-tables.ts'
import { PlaceBuilder } from './place-table.ts'
import { TextBuilder } from './text-table.ts'

/** What is being read, and how much of the work lies behind (0 … 1). */
export interface CompileProgress {
  readonly step: string
  readonly fraction: number
}

/**
 * Reads every database into flat tables: some seconds of one core.
 * @throws Error when a database cannot be read or is not what its package should hold.
 */
export function compileTables(
  files: DatabaseFiles,
  onProgress: (progress: CompileProgress) => void,
): CompiledTables {
  const texts = new TextBuilder()
  const places = new PlaceBuilder(texts)
  onProgress({ step: 'DB-IP City, IPv4', fraction: 0 })
  const dbip = readDbipV4(files.dbipV4, places)
  onProgress({ step: 'DB-IP City, IPv6', fraction: 0.45 })
  const fresh = { v4: dbip.ranges, v6: readDbipV6(files.dbipV6, places), places: places.finish() }

  const oldPlaces = new PlaceBuilder(texts)
  onProgress({ step: 'GeoLite of geoip-lite', fraction: 0.7 })
  const source = new GeoipLitePlaces(files.geoipLiteNames)
  const old = {
    v4: readGeoipLiteV4(files.geoipLiteV4, source, oldPlaces),
    v6: readGeoipLiteV6(files.geoipLiteV6, source, oldPlaces),
    places: oldPlaces.finish(),
  }
  onProgress({ step: 'network numbers', fraction: 0.95 })
  const networkBuilder = new NetworkBuilder(texts)
  const v4 = readAsnV4(files.asnV4, networkBuilder)
  const v6 = readAsnV6(files.asnV6, networkBuilder)
  const networks = { v4, v6, ...networkBuilder.finish() }

  const oldDate = source.isFromBefore2020February() ? 'before 2020-02' : 'updated'
  const version = `dbip-city ${dbip.month}, geoip-lite ${oldDate}, asn ${files.asnMonth}`
  return { tables: { fresh, old, networks, texts: texts.finish() }, version }
}
