import type { KibanaDataView } from '../description/words.ts'
import type { Reference, SavedObject } from './saved-object.ts'

/** Numbers that are names: without this Kibana writes AS64500 as 64,500. */
const PLAIN_NUMBERS = ['source.as.number', 'sekisho.travel.from.asn', 'sekisho.travel.to.asn']
const PLAIN = { id: 'number', params: { pattern: '0' } }
const FIELD_FORMATS = Object.fromEntries(PLAIN_NUMBERS.map((field) => [field, PLAIN]))

/** Kibana reads the fields of a view from the mapping when it opens it. */
export function dataViewObject({ id, title, name, timeField }: KibanaDataView): SavedObject {
  return {
    type: 'index-pattern',
    id,
    attributes: {
      title,
      name,
      timeFieldName: timeField,
      fields: '[]',
      sourceFilters: '[]',
      fieldAttrs: '{}',
      fieldFormatMap: JSON.stringify(FIELD_FORMATS),
      runtimeFieldMap: '{}',
    },
    references: [],
  }
}

export function dataViewReference({ id }: KibanaDataView, name: string): Reference {
  return { type: 'index-pattern', id, name }
}
