import { describe, expect, test } from '@jest/globals'
import { groupsOf } from './prefix-table.ts'
import { specialNetworkOf } from './special-networks.ts'

const classAt = (address: string): string | undefined =>
  specialNetworkOf(groupsOf(address) ?? [])?.networkClass

describe('special networks: first and last address, and their neighbours', () => {
  test.each([
    ['9.255.255.255', undefined],
    ['10.0.0.0', 'internal'],
    ['10.255.255.255', 'internal'],
    ['11.0.0.0', undefined],
    ['100.63.255.255', undefined],
    ['100.64.0.0', 'internal'],
    ['100.127.255.255', 'internal'],
    ['100.128.0.0', undefined],
    ['127.0.0.1', 'internal'],
    ['169.254.10.10', 'internal'],
    ['172.15.255.255', undefined],
    ['172.16.0.0', 'internal'],
    ['172.31.255.255', 'internal'],
    ['172.32.0.0', undefined],
    ['192.0.2.1', 'unknown'],
    ['192.0.3.0', undefined],
    ['192.168.255.255', 'internal'],
    ['192.169.0.0', undefined],
    ['198.18.0.1', 'unknown'],
    ['198.51.100.255', 'unknown'],
    ['198.51.101.0', undefined],
    ['203.0.113.0', 'unknown'],
    ['223.255.255.255', undefined],
    ['224.0.0.1', 'unknown'],
    ['255.255.255.255', 'unknown'],
    ['::1', 'internal'],
    ['::2', undefined],
    ['2001:db8::1', 'unknown'],
    ['2001:db9::1', undefined],
    ['2001:470:1f00::1', 'anon'],
    ['2001:471::1', undefined],
    ['3fff:fff::1', 'unknown'],
    ['fbff::1', undefined],
    ['fc00::1', 'internal'],
    ['fdff:ffff::1', 'internal'],
    ['fe80::1', 'internal'],
    ['febf::1', 'internal'],
    ['ff02::1', 'unknown'],
  ])('%s is %p', (address, networkClass) => {
    expect(classAt(address)).toBe(networkClass)
  })
})
