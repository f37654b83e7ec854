// Checks properties in a process of its own, on the sources: the parent says which, how many cases and with which seed.
import process from 'node:process'
import { PROPERTIES } from '../../packages/scorer/src/testing/property-list.ts'

process.on('message', ({ name, cases, seed, path }) => {
  const property = PROPERTIES.find((known) => known.name === name)
  const before = process.cpuUsage()
  const result = property.check({ cases, seed, path })
  const { user, system } = process.cpuUsage(before)
  process.send({ name, result, cpuS: (user + system) / 1e6 })
})
process.send({
  properties: PROPERTIES.map(({ name, invariants, statement, cases }) => ({
    name,
    invariants,
    statement,
    cases,
  })),
})
