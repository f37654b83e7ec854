import type { KibanaDataView } from '../description/words.ts'
import type { Reference, SavedObject } from './saved-object.ts'

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
      fieldFormatMap: '{}',
      runtimeFieldMap: '{}',
    },
    references: [],
  }
}

export function dataViewReference({ id }: KibanaDataView, name: string): Reference {
  return { type: 'index-pattern', id, name }
}
