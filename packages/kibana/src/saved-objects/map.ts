import { MAP_LAYERS, type MapLayer } from '../description/travel-map.ts'
import { dataViewReference } from './data-view.ts'
import { kql, type SavedObject } from './saved-object.ts'

export const MAP_ID = 'sekisho-travel-map'

/** Elastic's base map, and the layers of the description above it. */
export function mapObject(): SavedObject {
  const layers = MAP_LAYERS.map((layer, i) => layerOf(layer, referenceName(i)))
  const mapState = {
    adHocDataViews: [],
    zoom: 1.5,
    center: { lon: 10, lat: 30 },
    timeFilters: { from: 'now-30d', to: 'now' },
    refreshConfig: { isPaused: true, interval: 60_000 },
    query: kql(''),
    filters: [],
    settings: { autoFitToDataBounds: true },
  }
  return {
    type: 'map',
    id: MAP_ID,
    attributes: {
      title: 'Sekisho: sources and travel',
      description: 'Where alerts came from, and travel of one user as lines.',
      layerListJSON: JSON.stringify([BASE_MAP, ...layers]),
      mapStateJSON: JSON.stringify(mapState),
      uiStateJSON: JSON.stringify({ isLayerTOCOpen: true, openTOCDetails: [] }),
    },
    references: MAP_LAYERS.map(({ dataView }, i) => dataViewReference(dataView, referenceName(i))),
  }
}

function referenceName(index: number): string {
  return `layer_${index + 1}_source_index_pattern`
}

const COMMON = { minZoom: 0, maxZoom: 24, alpha: 1, visible: true, includeInFitToBounds: true }

const BASE_MAP = {
  ...COMMON,
  id: 'base-map',
  label: null,
  type: 'EMS_VECTOR_TILE',
  sourceDescriptor: { type: 'EMS_TMS', isAutoSelect: true },
  style: { type: 'EMS_VECTOR_TILE', color: '' },
}

function layerOf(layer: MapLayer, indexPatternRefName: string): unknown {
  const { id, label, query, color } = layer
  return {
    ...COMMON,
    id,
    label,
    type: 'GEOJSON_VECTOR',
    joins: [],
    query: kql(query),
    sourceDescriptor: {
      id: `${id}-source`,
      indexPatternRefName,
      applyGlobalQuery: true,
      applyGlobalTime: true,
      applyForceRefresh: true,
      ...(layer.draws === 'points' ? pointsSource(layer) : linesSource(layer)),
    },
    style: { type: 'VECTOR', isTimeAware: true, properties: styleOf(color) },
  }
}

function pointsSource({ field, shown }: Extract<MapLayer, { draws: 'points' }>) {
  return {
    type: 'ES_SEARCH',
    geoField: field,
    scalingType: 'LIMIT',
    filterByMapBounds: true,
    tooltipProperties: shown,
    sortField: '@timestamp',
    sortOrder: 'desc',
    topHitsGroupByTimeseries: false,
    topHitsSplitField: '',
    topHitsSize: 1,
  }
}

/** Kibana groups the documents by both ends and draws a line for each pair. */
function linesSource({ from, to }: Extract<MapLayer, { draws: 'lines' }>) {
  return {
    type: 'ES_PEW_PEW',
    sourceGeoField: from,
    destGeoField: to,
    metrics: [{ type: 'count' }],
  }
}

function styleOf(color: string) {
  return {
    fillColor: { type: 'STATIC', options: { color } },
    lineColor: { type: 'STATIC', options: { color } },
    lineWidth: { type: 'STATIC', options: { size: 2 } },
    iconSize: { type: 'STATIC', options: { size: 7 } },
  }
}
