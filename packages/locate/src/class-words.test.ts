import { describe, expect, test } from '@jest/globals'
import { classFromName } from './class-words.ts'

describe('classFromName', () => {
  test.each([
    ['Deep Blue Hosting B.V.', 'hosting'],
    ['Some Cloud Computing Co., Ltd', 'hosting'],
    ['Shijiazhuang IDC network, CHINANET Hebei province', 'hosting'],
    ['Example Telecom Data Center', 'hosting'],
    ['VPS House Technology Group LLC', 'hosting'],
    ['Acme Veri Merkezi A.S.', 'hosting'],
    ['Sparkling VPN Ltd', 'anon'],
    ['Red-Proxy, LLC', 'anon'],
    ['Telefonica Moviles Argentina S.A.', 'mobile'],
    ['Inland Cellular', 'mobile'],
    ['T2 Mobile LLC', 'mobile'],
    ['Twin Lakes Telephone Cooperative Corporation', 'residential'],
    ['Suzuka Cable Co.,Ltd', 'residential'],
    ['PROVEDOR DE INTERNET LTDA', 'residential'],
    ['Stadtwerke Neumuenster GmbH', 'residential'],
    ['University of Tsukuba', 'residential'],
    ['Hochschule Mittweida', 'residential'],
    ['Satcom Direct Inc.', 'satellite'],
  ])('%s is %s', (name, networkClass) => {
    expect(classFromName(name)).toBe(networkClass)
  })

  test.each([
    ['', 'unknown', 'no name'],
    ['Ford Motor Company', 'unknown', 'no word'],
    ['Exxon Mobil Corporation', 'unknown', 'not a carrier'],
    ['Mobile County Public Schools', 'residential', 'a place, then a school'],
    ['HAProxy Technologies, Inc.', 'unknown', 'not a proxy service'],
    ['The Shadowserver Foundation, Inc.', 'unknown', 'not a server'],
    ['London Observer Ltd', 'unknown', 'not a server'],
    ['Youth Hostels Association', 'unknown', 'not a host'],
    ['Echostar Studio Sp. z o.o.', 'unknown', 'not a host'],
    ['City of Longmont', 'unknown', 'an administration'],
    ['University Hospital Cloud Services', 'unknown', 'what it is comes before what it has'],
    ['University Hosting Club', 'residential', 'a university is an access line'],
    ['Bank of the Internet', 'unknown', 'a bank'],
  ])('%p is %s: %s', (name, networkClass) => {
    expect(classFromName(name)).toBe(networkClass)
  })

  test('reads a name of any length without going back over it', () => {
    expect(classFromName('data ce'.repeat(200_000))).toBe('unknown')
    expect(classFromName(`${'colo'.repeat(200_000)} hosting`)).toBe('hosting')
  })
})
