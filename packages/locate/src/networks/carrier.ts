import type { ListedNetwork } from './listed-network.ts'

/**
 * Carriers whose customers are of every kind, so that the number alone says nothing.
 * By the country that holds most of their addresses, largest first.
 */
export const carrier: readonly ListedNetwork[] = [
  // US
  [3356, 'Level 3 Communications, Inc.'],
  [174, 'Cogent Communications'],
  [3561, 'CenturyLink Communications, LLC'],
  [3257, 'GTT Communications Inc.'],
  [2914, 'NTT America, Inc.'],
  [3549, 'Level 3 Communications, Inc.'],
  [6461, 'Zayo Bandwidth'],
  [2686, 'AT&T Corp.'],
  [51964, 'ORANGE BUSINESS SERVICES U.S. Inc.'],
  [2687, 'AT&T Corp.'],
  [6453, 'TATA COMMUNICATIONS (AMERICA) INC'],
  [1299, 'Arelion Sweden AB'],
  [10753, 'Level 3 Communications, Inc.'],
  [2688, 'AT&T Corp.'],
  [6762, 'TELECOM ITALIA SPARKLE S.p.A.'],
  [18756, 'Level 3 Communications, Inc.'],
  [203, 'Level 3 Communications, Inc.'],
  [9057, 'Level3 Lumen Technologies UK Limited'],
  [19092, 'Zayo Bandwidth'],
  [3949, 'NTT America, Inc.'],
  [15290, 'Zayo Bandwidth'],
  // HK
  [3491, 'PCCW Global (HK) Limited'],
  [4637, 'Telstra International Limited'],
  [4058, 'CITIC Telecom International CPC Limited'],
  [58453, 'China Mobile International Limited'],
  [10099, 'China Unicom (Hong Kong) Operations Limited'],
  // GB
  [1273, 'Vodafone Group PLC'],
  [5400, 'British Telecommunications PLC'],
  // NL
  [37100, 'SEACOM Limited'],
  // DE
  [13237, 'euNetworks GmbH'],
  [41095, 'IPTP LTD'],
  // CN
  [4809, 'China Telecom Next Generation Carrier Network'],
  // FR
  [5511, 'Orange S.A.'],
  [8218, 'Zayo Infrastructure France SA'],
  // CA
  [2685, 'AT&T Corp.'],
  // ES
  [12956, 'TELEFONICA GLOBAL SOLUTIONS SL'],
  // LV
  [9002, 'RETN Limited'],
  // BE
  [6774, 'Belgacom International Carrier Services SA'],
]
