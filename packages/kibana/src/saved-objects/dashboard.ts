import { CHARTS } from '../description/charts.ts'
import type { Place } from '../description/panel.ts'
import { GRAVE_ALERTS } from '../description/searches.ts'
import { LAST_WORDS } from '../description/words.ts'
import { dataViewReference } from './data-view.ts'
import { lensPanel } from './lens-panel.ts'
import { MAP_ID } from './map.ts'
import { kql, type Reference, type SavedObject } from './saved-object.ts'

/** The release whose form of panels is used. */
const PANEL_VERSION = '8.9.0'

const CONTROLS = [
  { id: 'severity', title: 'Severity', field: 'sekisho.severity' },
  { id: 'rule', title: 'Rule', field: 'rule.name' },
  { id: 'gateway', title: 'Gateway', field: 'observer.name' },
  { id: 'tenant', title: 'Tenant', field: 'organization.id' },
] as const

interface Panel {
  readonly json: unknown
  readonly references: readonly Reference[]
}

/** The dashboard; it shows the last 30 days when it is opened. */
export function dashboardObject(): SavedObject {
  const panels = [
    panelByReference('map', 'map', MAP_ID, 'Sources and travel', { x: 0, y: 6, w: 24, h: 18 }),
    ...CHARTS.map(chartPanel),
    panelByReference('grave-alerts', 'search', GRAVE_ALERTS.id, 'High and critical alerts', {
      ...{ x: 0, y: 90, w: 48, h: 18 },
    }),
  ]
  return {
    type: 'dashboard',
    id: 'sekisho-dashboard',
    attributes: {
      title: 'Sekisho: stolen VPN logins',
      description:
        'Alerts on logins to VPN gateways: where, when, who, by which rule; and below, whether the data can be trusted.',
      panelsJSON: JSON.stringify(panels.map(({ json }) => json)),
      optionsJSON: JSON.stringify({
        useMargins: true,
        syncColors: true,
        syncCursor: true,
        syncTooltips: false,
        hidePanelTitles: false,
      }),
      timeRestore: true,
      timeFrom: 'now-30d',
      timeTo: 'now',
      refreshInterval: { pause: true, value: 60_000 },
      controlGroupInput: controlGroup(),
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query: kql(''), filter: [] }),
      },
    },
    references: [...panels.flatMap(({ references }) => references), ...controlReferences()],
  }
}

function chartPanel(chart: (typeof CHARTS)[number]): Panel {
  const { type, config, references } = lensPanel(chart)
  const { id, title, place } = chart
  return { json: { ...frameOf(type, id, title, place), embeddableConfig: config }, references }
}

/** A panel that shows an object of its own. */
function panelByReference(
  id: string,
  type: string,
  objectId: string,
  title: string,
  place: Place,
): Panel {
  const panelRefName = `panel_${id}`
  return {
    json: {
      ...frameOf(type, id, title, place),
      embeddableConfig: { enhancements: {} },
      panelRefName,
    },
    references: [{ type, id: objectId, name: `${id}:${panelRefName}` }],
  }
}

function frameOf(type: string, id: string, title: string, place: Place) {
  return { version: PANEL_VERSION, type, gridData: { ...place, i: id }, panelIndex: id, title }
}

/** Lists above the panels, by which all of them are narrowed. */
function controlGroup() {
  const panels = CONTROLS.map(({ id, title, field }, order) => [
    id,
    {
      order,
      width: 'medium',
      grow: true,
      type: 'optionsListControl',
      explicitInput: { id, fieldName: field, title, selectedOptions: [], enhancements: {} },
    },
  ])
  return {
    controlStyle: 'oneLine',
    chainingSystem: 'HIERARCHICAL',
    panelsJSON: JSON.stringify(Object.fromEntries(panels)),
    ignoreParentSettingsJSON: JSON.stringify({
      ignoreFilters: false,
      ignoreQuery: false,
      ignoreTimerange: false,
      ignoreValidations: false,
    }),
  }
}

function controlReferences(): Reference[] {
  return CONTROLS.map(({ id }) =>
    dataViewReference(LAST_WORDS, `controlGroup_${id}:optionsListDataView`),
  )
}
