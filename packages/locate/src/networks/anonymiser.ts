import type { ListedNetwork } from './listed-network.ts'

/**
 * Commercial VPN and proxy services, Tor exits, and relays such as iCloud Private Relay (Akamai, Fastly).
 * By the country that holds most of their addresses, largest first.
 */
export const anonymiser: readonly ListedNetwork[] = [
  // US
  [20940, 'Akamai International B.V.'],
  [54113, 'Fastly, Inc.'],
  [136787, 'PacketHub S.A.'],
  [272096, 'PACKETHUB S.A.'],
  [209854, 'Cyberzone S.A.'],
  [36183, 'Akamai Technologies, Inc.'],
  [64267, 'Sprious LLC'],
  [397630, 'Blazing SEO, LLC'],
  [396319, 'Oxylabs'],
  [62651, 'Strong Technology, LLC.'],
  [208172, 'Proton AG'],
  [205659, 'UAB code200'],
  [21837, 'Opera Software Americas LLC'],
  [53958, 'AUPROXIES LLC'],
  [62744, 'Quintex Alliance Consulting'],
  [199218, 'Proton AG'],
  [398075, 'Red-Proxy, LLC'],
  [396507, 'Emerald Onion'],
  [401370, 'CALYX NETWORKS'],
  [16652, 'Riseup Networks'],
  [54203, 'Strong Technology, LLC.'],
  [4224, 'The Calyx Institute'],
  [11527, 'Xproxies'],
  [397282, 'Castle VPN'],
  [62635, 'VPNWholesaler.com'],
  // JP
  [203061, 'UAB code200'],
  [209043, 'IPRoyal Services FZE LLC'],
  // AU
  [201341, 'trafficforce, UAB'],
  // CA
  [207137, 'PacketHub S.A.'],
  [147049, 'PacketHub S.A.'],
  [141039, 'PacketHub S.A.'],
  [397540, 'Windscribe'],
  [203619, 'IVPN Limited'],
  // NL
  [22363, 'Powerhouse Management, Inc.'],
  [39832, 'Opera Software AS'],
  [394104, 'IPLOCKVPN.COM'],
  // RU
  [35048, 'Biterika Group LLC'],
  [208765, 'Bullet Proof VPN Ltd'],
  [213163, 'FREE UNLIMITED VPN LTD'],
  // SE
  [39351, '31173 Services AB'],
  [42675, 'Obehosting AB'],
  [214813, '31173 Services AB'],
  [216025, 'Mullvad VPN AB'],
  // CZ
  [198605, 'AVAST Software s.r.o.'],
  // DE
  [54252, 'Sprious LLC'],
  [60729, 'Stiftung Erneuerbare Freiheit'],
  [205100, 'F3 Netze e.V.'],
  // FR
  [209709, 'UAB code200'],
  // CH
  [62371, 'Proton AG'],
  [209103, 'Proton AG'],
  // IN
  [138233, 'Proton Internet Llp'],
  // VN
  [152935, 'PROXY VN TECHNOLOGY COMPANY LIMITED'],
  // AT
  [208323, 'Foundation for Applied Privacy'],
]
