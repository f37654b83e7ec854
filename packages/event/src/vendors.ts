/**
 * Every vendor that is read, by our name for it, with the names that ECS documents carry. A new vendor is an entry
 * here and an adapter in `ingest`.
 */
export const VENDORS = {
  fortigate: { vendor: 'Fortinet', product: 'FortiGate', dataset: 'fortinet_fortigate.log' },
  'pulse-secure': {
    vendor: 'Pulse Secure',
    product: 'Connect Secure',
    dataset: 'pulse_connect_secure.log',
  },
} as const

export type Vendor = keyof typeof VENDORS
