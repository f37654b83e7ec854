import { describe, expect, test } from '@jest/globals'
import { dropsIn, kernelAddressOf } from './kernel-drops.ts'

const TABLE = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  100: 0100007F:0202 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12345 2 0000000000000000 4711
  101: 00000000:0202 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12346 2 0000000000000000 0
`

describe('drops of the kernel', () => {
  test('are those of the socket with address and port', () => {
    expect(dropsIn(TABLE, kernelAddressOf('127.0.0.1', 514, 'LE'))).toBe(4711)
    expect(dropsIn(TABLE, kernelAddressOf('0.0.0.0', 514, 'LE'))).toBe(0)
    expect(dropsIn(TABLE, kernelAddressOf('0.0.0.0', 515, 'LE'))).toBeNull()
  })

  test.each<readonly [address: string, order: 'LE' | 'BE', text: string]>([
    ['192.0.2.1', 'LE', '010200C0:0202'],
    ['192.0.2.1', 'BE', 'C0000201:0202'],
    ['::', 'LE', '00000000000000000000000000000000:0202'],
    ['::1', 'LE', '00000000000000000000000001000000:0202'],
    ['2001:db8::7', 'BE', '20010DB8000000000000000000000007:0202'],
    ['::ffff:192.0.2.1', 'BE', '00000000000000000000FFFFC0000201:0202'],
    ['fe80::1%eth0', 'BE', 'FE800000000000000000000000000001:0202'],
  ])('are looked for under %s, %s, as %s', (address, order, text) => {
    expect(kernelAddressOf(address, 514, order)).toBe(text)
  })
})
