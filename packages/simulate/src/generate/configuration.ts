import type { Company } from './organisation/company.ts'

/** `sekisho.yaml` as an administrator would plausibly have written it: the zone, and the networks he thought of. */
export function configurationOf(company: Company): string {
  const { world, offices, gateways } = company
  const rows = [
    `tenant: ${world.name}`,
    `timezone: ${world.timezone}`,
    'identity:',
    '  administratorRealms: [Admin Users]',
  ]
  const declared = offices.filter(({ isDeclared }) => isDeclared)
  if (declared.length > 0) rows.push('networks:')
  for (const { site, address } of declared) {
    const place = `latitude: ${site.latitude}, longitude: ${site.longitude}, country: ${site.country}`
    rows.push(
      `  - { cidr: ${address}/32, name: ${site.key} office, class: corp_egress, ${place}, radiusKm: 30 }`,
    )
  }
  rows.push('gatewayGroups:')
  for (const { key } of world.sites) {
    const members = gateways.filter(({ site }) => site === key).map(({ name }) => name)
    if (members.length > 0) rows.push(`  ${key}: [${members.join(', ')}]`)
  }
  return `${rows.join('\n')}\n`
}
