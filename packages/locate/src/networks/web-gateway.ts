import type { ListedNetwork } from './listed-network.ts'

/**
 * Secure web gateways and SASE: the address is that of a company's filter in the cloud.
 * By the country that holds most of their addresses, largest first.
 */
export const webGateway: readonly ListedNetwork[] = [
  // US
  [22616, 'ZSCALER, INC.'],
  // Carries Palo Alto Networks Prisma Access.
  [394089, 'Google LLC'],
  [55256, 'Netskope Inc'],
  [36692, 'Cisco OpenDNS, LLC'],
  [209242, 'Cloudflare London, LLC'],
  [40934, 'Fortinet Inc.'],
  [13150, 'CATO NETWORKS LTD'],
  [396253, 'iboss,inc'],
  [44444, 'Forcepoint UK Limited'],
  [11179, 'Aryaka Networks, Inc.'],
  [2763, 'Palo Alto Networks, Inc'],
  [132892, 'Cloudflare, Inc.'],
  [16880, 'TREND MICRO INCORPORATED'],
  [203724, 'Musarubra Germany GmbH'],
  [62654, 'MENLO SECURITY, INC.'],
  [400318, 'Versa Networks, Inc.'],
  [54538, 'PALO ALTO NETWORKS'],
  [401041, 'Axis Security'],
  [395747, 'Cloudflare, Inc.'],
  [64280, 'Palo Alto Networks, Inc'],
  [396421, 'PALO ALTO NETWORKS'],
  [53444, 'ZSCALER, INC.'],
  [25605, 'Cisco OpenDNS, LLC'],
  // CA
  [13335, 'Cloudflare, Inc.'],
  // DE
  [62044, 'Zscaler Switzerland GmbH'],
  // IN
  [53813, 'ZSCALER, INC.'],
  [137922, 'IBOSS Inc.'],
  // BR
  [14789, 'Cloudflare, Inc.'],
  // NL
  [202623, 'Cloudflare Inc'],
  [30238, 'Cisco Systems Ironport Division'],
  // GB
  [213176, 'CHECK POINT SSE SOLUTIONS LTD'],
  [202276, 'IBOSS, INC'],
  [13448, 'Forcepoint LLC'],
  [43251, 'Forcepoint Overseas Limited'],
  [203898, 'Cloudflare Inc'],
  // AE
  [138627, 'Cato Networks, Inc.'],
]
