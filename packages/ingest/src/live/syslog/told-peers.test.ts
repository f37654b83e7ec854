import { expect, test } from '@jest/globals'
import { ToldPeers } from './told-peers.ts'

test('a problem of an address is told once a minute', () => {
  const told: string[] = []
  let nowMs = 0
  const peers = new ToldPeers(
    ({ path, problem }) => told.push(`${path} ${problem}`),
    () => nowMs,
  )
  for (nowMs = 0; nowMs < 120_000; nowMs += 1000) {
    peers.tell('tls:192.0.2.1', 'no')
    if (nowMs === 5000) peers.tell('tls:192.0.2.1', 'other')
    if (nowMs === 6000) peers.tell('tls:192.0.2.2', 'no')
  }
  expect(told).toEqual([
    'tls:192.0.2.1 no',
    'tls:192.0.2.1 other',
    'tls:192.0.2.2 no',
    'tls:192.0.2.1 no',
  ])
})

test('of many addresses a hundred problems a minute are told', () => {
  let told = 0
  let nowMs = 0
  const peers = new ToldPeers(
    () => told++,
    () => nowMs,
  )
  for (let i = 0; i < 10_000; i++) peers.tell(`tls:192.0.2.${i}`, 'no')
  expect(told).toBe(100)
  nowMs = 60_000
  peers.tell('tls:192.0.2.1', 'no')
  expect(told).toBe(101)
})
