export * from './line-parser.ts'
export * from './sources/index.ts'
