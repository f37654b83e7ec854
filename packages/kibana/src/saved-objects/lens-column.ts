import { ECS_FIELDS, type FieldType, OWN_FIELDS } from '@sekisho/alert-sink/elasticsearch'
import type { Bucket, Value } from '../description/panel.ts'
import { kql } from './saved-object.ts'

type LensDataType = 'boolean' | 'date' | 'ip' | 'number' | 'string'

const DATA_TYPES: Partial<Readonly<Record<FieldType, LensDataType>>> = {
  boolean: 'boolean',
  date: 'date',
  double: 'number',
  integer: 'number',
  ip: 'ip',
  keyword: 'string',
  long: 'number',
}

/** What a column of a Lens layer is made of, beside its label. */
export type LensColumn = Readonly<Record<string, unknown>>

/** @param orderColumn the column by which values are ordered, the largest first */
export function bucketColumn(bucket: Bucket, orderColumn: string): LensColumn {
  const { label, field } = bucket
  const common = { label, customLabel: true, dataType: dataTypeOf(field), isBucketed: true }
  if (bucket.by === 'time') {
    const params = { interval: 'auto', includeEmptyRows: true, dropPartials: false }
    const operation = { operationType: 'date_histogram', scale: 'interval', sourceField: field }
    return { ...common, ...operation, params }
  }
  return {
    ...common,
    operationType: 'terms',
    scale: 'ordinal',
    sourceField: field,
    params: {
      size: bucket.size,
      orderBy: { type: 'column', columnId: orderColumn },
      orderDirection: 'desc',
      otherBucket: false,
      missingBucket: false,
      parentFormat: { id: 'terms' },
      include: [],
      exclude: [],
      includeIsRegex: false,
      excludeIsRegex: false,
    },
  }
}

/** What Lens calls the field of a count of documents. */
const RECORDS_FIELD = '___records___'

export function valueColumn(value: Value): LensColumn {
  const common = { label: value.label, customLabel: true, isBucketed: false, scale: 'ratio' }
  if (value.what === 'count') {
    return {
      ...common,
      dataType: 'number',
      operationType: 'count',
      sourceField: RECORDS_FIELD,
      params: { emptyAsNull: false },
      ...(value.where === undefined ? {} : { filter: kql(value.where) }),
    }
  }
  const isCounted = value.what === 'unique_count'
  return {
    ...common,
    dataType: isCounted ? 'number' : dataTypeOf(value.field),
    operationType: value.what,
    sourceField: value.field,
    params: { emptyAsNull: false },
  }
}

/** @throws Error for a field that has no type in Lens: the description is wrong */
function dataTypeOf(field: string): LensDataType {
  const type = ECS_FIELDS[field] ?? OWN_FIELDS[field]
  const dataType = type === undefined ? undefined : DATA_TYPES[type]
  if (dataType === undefined) throw new Error(`no chart can show ${field}`)
  return dataType
}
