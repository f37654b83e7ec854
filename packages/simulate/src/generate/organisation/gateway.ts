import { offsetText, timeText, type Zone, zoneOf } from '../clock.ts'
import { hashOf, Random } from '../random.ts'
import type { GatewayForm, GatewayPlan, World } from '../worlds/world.ts'

/** A stretch of time in which a gateway's clock is wrong. */
export interface ClockFault {
  readonly fromMs: number
  readonly toMs: number
  /** Added to the time that the gateway believes. */
  readonly stepMs: number
  /** The offset from UTC that it believes in; null for the right one. */
  readonly offsetMinutes: number | null
}

/** A VPN gateway with its own clock and way of writing. */
export class Gateway {
  readonly name: string
  readonly form: GatewayForm
  readonly isPulse: boolean
  readonly site: string
  readonly serves: readonly string[]
  readonly statisticsMinutes: number
  readonly serial: string
  /** Its public address, in a network of its site. */
  readonly address: string
  /** First two octets of the network inside. */
  readonly inside: string
  readonly zone: Zone
  readonly domain: string
  readonly secondFactor: boolean
  readonly deviceIds: boolean
  /** How far its clock is ahead, ms. */
  skewMs = 0
  clockFaults: readonly ClockFault[] = []
  readonly #random: Random

  constructor(plan: GatewayPlan, world: World, address: string) {
    const site = world.sites.find(({ key }) => key === plan.site)
    if (site === undefined) throw new RangeError(`${plan.name} stands at no site of ${world.name}`)
    this.name = plan.name
    this.form = plan.form
    this.isPulse = plan.form.startsWith('pulse')
    this.site = plan.site
    this.serves = plan.serves
    this.statisticsMinutes = plan.statisticsMinutes
    this.address = address
    this.zone = zoneOf(site.timezone)
    this.domain = this.isPulse ? '' : world.domain
    this.secondFactor = world.secondFactor
    this.deviceIds = world.deviceIds
    const hash = hashOf(plan.name)
    this.serial = `FG100F${String(hash % 1e10).padStart(10, '0')}`
    this.inside = `10.${(hash >>> 8) % 200}`
    this.#random = new Random('gateway', plan.name)
  }

  /** The instant that the gateway believes it is. */
  believedMs(timeMs: number): number {
    return timeMs + this.skewMs + (this.#faultAt(timeMs)?.stepMs ?? 0)
  }

  /** Minutes ahead of UTC that it believes in. */
  offsetMinutes(timeMs: number): number {
    const { offsetMinutes = null } = this.#faultAt(timeMs) ?? {}
    return offsetMinutes ?? this.zone.offsetMinutes(timeMs)
  }

  #faultAt(timeMs: number): ClockFault | undefined {
    return this.clockFaults.find(({ fromMs, toMs }) => timeMs >= fromMs && timeMs < toMs)
  }

  /** `2026-03-14T07:58:09+09:00` of a believed instant. */
  rfc3339Text(believedMs: number, offsetMinutes: number): string {
    const date = this.zone.dateText(believedMs, offsetMinutes)
    return `${date}T${timeText(believedMs, offsetMinutes)}${offsetText(offsetMinutes, ':')}`
  }

  /** Six digits below the millisecond. */
  subMillisecondText(): string {
    return String(this.#random.bits() % 1_000_000).padStart(6, '0')
  }
}
