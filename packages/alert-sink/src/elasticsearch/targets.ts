import { hash } from 'node:crypto'
import type { AlertBody } from '../delivery/destination.ts'

export const INDEX_PREFIX = 'sekisho-alerts'
const STREAM_PREFIX = 'logs-sekisho.alert'

/** Names of indices are limited to 255 bytes; a tenant has what is left beside prefix and month. */
const TENANT_LENGTH_MAX = 150
/** 64 bits: nobody finds two tenants of one hash by trying. */
const HASH_DIGITS = 16

/** The data stream of material words: `logs-sekisho.alert-NAMESPACE`. */
export function streamOf(namespace: string): string {
  return `${STREAM_PREFIX}-${namespace}`
}

/**
 * The index that holds the last word on an alert: `sekisho-alerts-TENANT-YYYY.MM`, by the alert's own day. It is the same whenever and
 * however often the alert is written, which a rollover would not be.
 */
export function indexOf({ organization, sekisho }: AlertBody): string {
  return `${INDEX_PREFIX}-${indexPartOf(organization.id)}-${monthOf(sekisho.alert.day)}`
}

/** `2026.11` of `2026-11-20`. */
function monthOf(day: string): string {
  return day.slice(0, 7).replace('-', '.')
}

/** What every name that needs no change is made of. */
const PLAIN_TENANT = /^[a-z0-9_.]+$/

/** Stands between a changed name and its hash, and in no other name. */
const HASH_MARK = '__'

/**
 * A tenant as a part of an index's name. One that had to be changed carries a hash, so that two never share an index. None has a
 * hyphen: `sekisho-alerts-a-*` then matches the indices of tenant `a` and of no other, whatever tenants are called, and a role may
 * be given by it.
 */
export function indexPartOf(tenant: string): string {
  const isPlain =
    PLAIN_TENANT.test(tenant) && !tenant.includes(HASH_MARK) && tenant.length <= TENANT_LENGTH_MAX
  if (isPlain) return tenant
  const safe = tenant
    .toLowerCase()
    .replace(/[^a-z0-9_.]/g, '_')
    .slice(0, TENANT_LENGTH_MAX)
  return `${safe}${HASH_MARK}${hash('sha256', tenant).slice(0, HASH_DIGITS)}`
}
