import type { DocumentSearch } from '../description/panel.ts'
import { dataViewReference } from './data-view.ts'
import { kql, type SavedObject } from './saved-object.ts'

const DATA_VIEW_REFERENCE = 'kibanaSavedObjectMeta.searchSourceJSON.index'

/** A search of Discover, the latest documents first. */
export function searchObject(search: DocumentSearch): SavedObject {
  const { id, title, description, dataView, query, columns } = search
  const searchSource = { query: kql(query), filter: [], indexRefName: DATA_VIEW_REFERENCE }
  return {
    type: 'search',
    id,
    attributes: {
      title,
      description,
      columns,
      sort: [[dataView.timeField, 'desc']],
      grid: {},
      hideChart: false,
      kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(searchSource) },
    },
    references: [dataViewReference(dataView, DATA_VIEW_REFERENCE)],
  }
}
