import { expect, test } from '@jest/globals'
import { kibanaFiles } from '../kibana-files.ts'
import { valuesOf } from './lines.ts'
import { readObjects } from './structure.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests change whatever they like.
type Loose = any

const TEXT = kibanaFiles()[0]?.text ?? ''

/** Problems of the file after a change of its lines, found by type. */
function problemsAfter(change: (line: (type: string) => Loose, lines: Loose[]) => void): string[] {
  const lines: Loose[] = valuesOf(TEXT)
  change((type) => lines.find((each) => each.type === type), lines)
  return readObjects(lines.map((line) => `${JSON.stringify(line)}\n`).join('')).problems
}

/** Changes what stands as JSON in a text. */
function inner(of: Loose, key: string, change: (value: Loose) => void): void {
  const value: Loose = JSON.parse(of[key])
  change(value)
  of[key] = JSON.stringify(value)
}

function inPanels(change: (panels: Loose[]) => void): string[] {
  return problemsAfter((line) => inner(line('dashboard').attributes, 'panelsJSON', change))
}

function inChart(change: (layer: Loose, attributes: Loose) => void): string[] {
  return inPanels((panels) => {
    const { attributes } = panels.find(({ panelIndex }) => panelIndex === 'rules').embeddableConfig
    change(attributes.state.datasourceStates.formBased.layers.layer, attributes)
  })
}

test('the file as it is has no problem', () => {
  expect(problemsAfter(() => {})).toEqual([])
})

const CHANGES: readonly (readonly [string, string, () => string[]])[] = [
  [
    'no model version',
    'typeMigrationVersion',
    () =>
      problemsAfter((line) => {
        delete line('map').typeMigrationVersion
      }),
  ],
  [
    'no core version',
    'coreMigrationVersion',
    () =>
      problemsAfter((line) => {
        delete line('search').coreMigrationVersion
      }),
  ],
  [
    'an attribute that the first model of a dashboard has not',
    'sections',
    () =>
      problemsAfter((line) => {
        line('dashboard').attributes.sections = []
      }),
  ],
  [
    'JSON that is no text',
    'panelsJSON',
    () =>
      problemsAfter((line) => {
        line('dashboard').attributes.panelsJSON = []
      }),
  ],
  [
    'a text that is no JSON',
    'is no JSON',
    () =>
      problemsAfter((line) => {
        line('map').attributes.mapStateJSON = '{'
      }),
  ],
  [
    'JSON with spaces',
    'does not come back the same',
    () =>
      problemsAfter((line) => {
        line('map').attributes.mapStateJSON += ' '
      }),
  ],
  [
    'two of one type and id',
    'object search sekisho-grave-alerts is there twice',
    () =>
      problemsAfter((line, lines) => {
        lines.unshift(line('search'))
      }),
  ],
  [
    'a count of details that is not that of the lines',
    'details',
    () =>
      problemsAfter((_, lines) => {
        lines.at(-1).exportedCount--
      }),
  ],
  [
    'a reference to what is not in the file',
    'refers to index-pattern gone',
    () =>
      problemsAfter((line) => {
        line('search').references[0].id = 'gone'
      }),
  ],
  [
    'a panel without its reference',
    'lack timeline:',
    () =>
      problemsAfter((line) => {
        const { references } = line('dashboard')
        const at = references.findIndex(({ name }: Loose) => name.startsWith('timeline:'))
        references.splice(at, 1)
      }),
  ],
  [
    'a reference that nothing names',
    'other is not used',
    () =>
      problemsAfter((line) => {
        line('search').references[0].name = 'other'
      }),
  ],
  [
    'two layers of one id',
    'layer sources is there twice',
    () =>
      problemsAfter((line) =>
        inner(line('map').attributes, 'layerListJSON', (layers) => layers.push(layers.at(-1))),
      ),
  ],
  [
    'a panel over the edge',
    'stands over the edge',
    () =>
      inPanels((panels) => {
        panels[0].gridData.x = 47
      }),
  ],
  [
    'a panel one row into another',
    'overlaps another',
    () =>
      inPanels((panels) => {
        panels[0].gridData.y--
      }),
  ],
  [
    'two panels of one id',
    'is there twice',
    () =>
      inPanels((panels) => {
        panels[0].panelIndex = panels[1].panelIndex
      }),
  ],
  [
    'another name on the grid',
    'has another name on the grid',
    () =>
      inPanels((panels) => {
        panels[0].gridData.i = 'other'
      }),
  ],
  [
    'a panel without a chart',
    'shows nothing',
    () =>
      inPanels((panels) => {
        delete panels[1].embeddableConfig.attributes
      }),
  ],
  [
    'a column that is not in order',
    'columns in order lack bucket-0',
    () =>
      inChart((layer) => {
        layer.columnOrder.shift()
      }),
  ],
  [
    'a column that is not shown',
    'columns shown lack value-0',
    () =>
      inChart((_, { state }) => {
        state.visualization.columns = state.visualization.columns.filter(
          ({ columnId }: Loose) => columnId !== 'value-0',
        )
      }),
  ],
  [
    'an order by a column that is gone',
    'ordered by gone',
    () =>
      inChart((layer) => {
        layer.columns['bucket-0'].params.orderBy.columnId = 'gone'
      }),
  ],
  [
    'an operation that Lens has not',
    'operationType',
    () =>
      inChart((layer) => {
        layer.columns['value-0'].operationType = 'counts'
      }),
  ],
]

test.each(CHANGES)('%s is a problem', (_, problem, problems) => {
  expect(problems().join('\n')).toContain(problem)
})
