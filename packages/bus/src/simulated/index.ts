export type { FaultName, Faults } from './faults.ts'
export type { ProcessState, SimulatedClock, SimulatedProcess } from './process.ts'
export type { ProducerSession } from './producer-session.ts'
export { SeededRandom } from './random.ts'
export { SimulatedBroker, type SimulatedBrokerOptions } from './simulated-broker.ts'
export { SimulatedDisk, type SimulatedDiskOptions } from './simulated-disk.ts'
export type { StoredFile, StoredFolder } from './stored-folder.ts'
export {
  type RunEnd,
  type RunOptions,
  SimulatedWorld,
  SimulationError,
  type WorldOptions,
} from './world.ts'
