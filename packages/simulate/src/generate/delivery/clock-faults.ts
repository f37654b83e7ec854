import { DAY_MS, HOUR_MS } from '../clock.ts'
import type { Company } from '../organisation/company.ts'
import type { ClockFault } from '../organisation/gateway.ts'

/** Sets the gateways' clocks wrong, as much as is switched on. */
export function disturbClocks(company: Company): void {
  const { gateways, options } = company
  for (const [index, gateway] of gateways.entries()) {
    const random = company.draw('clock', index)
    const skewMs = Math.round(random.normal() * 1500)
    gateway.skewMs = company.isOn('clock-skew') ? skewMs : 0
  }
  const random = company.draw('clock-faults')
  const at = (fraction: number): number =>
    company.startMs + Math.floor(options.days * fraction) * DAY_MS + 3 * HOUR_MS
  const stepped = random.pick(gateways)
  const stepMs = random.pick([-1, 1]) * HOUR_MS
  const step: ClockFault = {
    ...{ fromMs: at(0.5), toMs: at(0.5) + 6 * HOUR_MS, stepMs, offsetMinutes: null },
  }
  const zoneless = gateways.find(({ form }) => form === 'pulse-bsd') ?? random.pick(gateways)
  const wrongZone: ClockFault = {
    ...{ fromMs: at(0.8), toMs: at(0.8) + 9 * HOUR_MS, stepMs: 0, offsetMinutes: 0 },
  }
  const faults = new Map(gateways.map((gateway) => [gateway, [] as ClockFault[]]))
  if (company.isOn('clock-step')) faults.get(stepped)?.push(step)
  if (company.isOn('wrong-time-zone')) faults.get(zoneless)?.push(wrongZone)
  for (const gateway of gateways) {
    const list = faults.get(gateway) as ClockFault[]
    const forgotten = company.isOn('daylight-saving-error')
      ? forgottenSummer(company, gateway)
      : null
    if (forgotten !== null) list.push(forgotten)
    gateway.clockFaults = list
  }
}

/** The last gateway keeps winter time (or summer time) for a day after the change. */
function forgottenSummer(
  { startMs, endMs, gateways }: Company,
  gateway: Company['gateways'][number],
): ClockFault | null {
  if (gateway !== gateways.at(-1)) return null
  for (let ms = startMs + HOUR_MS; ms < endMs; ms += HOUR_MS) {
    const before = gateway.zone.offsetMinutes(ms - HOUR_MS)
    if (gateway.zone.offsetMinutes(ms) === before) continue
    return { fromMs: ms, toMs: ms + DAY_MS, stepMs: 0, offsetMinutes: before }
  }
  return null
}
