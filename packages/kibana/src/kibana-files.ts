import { detectionRule } from './description/detection-rule.ts'
import { SEARCHES } from './description/searches.ts'
import { DATA_VIEWS } from './description/words.ts'
import { dashboardObject } from './saved-objects/dashboard.ts'
import { dataViewObject } from './saved-objects/data-view.ts'
import { mapObject } from './saved-objects/map.ts'
import { rulesFile } from './saved-objects/rule-file.ts'
import { savedObjectsFile } from './saved-objects/saved-object.ts'
import { searchObject } from './saved-objects/search.ts'

export interface KibanaFile {
  readonly name: string
  /** NDJSON. */
  readonly text: string
}

export const OBJECTS_FILE = 'sekisho-objects.ndjson'
export const RULE_FILE = 'sekisho-rule.ndjson'

/**
 * What Kibana 9 imports, the same bytes each time: saved objects (Stack Management, Saved Objects) and the rule of the detection engine
 * (Security, Rules), which are imported in two places.
 */
export function kibanaFiles(): KibanaFile[] {
  const objects = [
    ...DATA_VIEWS.map(dataViewObject),
    ...SEARCHES.map(searchObject),
    mapObject(),
    dashboardObject(),
  ]
  return [
    { name: OBJECTS_FILE, text: savedObjectsFile(objects) },
    { name: RULE_FILE, text: rulesFile([detectionRule()]) },
  ]
}
