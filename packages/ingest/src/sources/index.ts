export { type ExpandedInputs, expandInputs } from './expand-inputs.ts'
export { LINE_BYTES_MAX } from './line-splitter.ts'
export { readSource } from './read-source.ts'
export type { InputProblem, LineSink, ReadOptions, Source, SourceResult } from './source.ts'
