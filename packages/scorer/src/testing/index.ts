/** Worlds of generated attempts and what a batch says of them, for tests of packages that run the stages. */
export { arrivalsOf, deliveryArbitrary } from './property-arrivals.ts'
export { lastWords, runBatch } from './run.ts'
export { worldArbitrary } from './world.ts'
