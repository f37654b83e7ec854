import type { SimulatedLine } from '../../simulation.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../clock.ts'
import type { Company } from '../organisation/company.ts'
import type { Delivery } from './journal.ts'

/** What goes wrong with clocks and on the way to the collector; each can be switched off. */
export const DELIVERY_FAULTS: readonly { readonly name: string; readonly describe: string }[] = [
  { name: 'clock-skew', describe: 'Gateways whose clocks are some seconds off' },
  { name: 'clock-step', describe: 'A clock that is an hour off for six hours' },
  { name: 'wrong-time-zone', describe: 'A gateway that believes in UTC for nine hours' },
  { name: 'daylight-saving-error', describe: 'A gateway that is a day late with summer time' },
  { name: 'reordering', describe: 'Lines that arrive up to 24 h late' },
  { name: 'duplicates', describe: 'Lines that two forwarders send' },
  { name: 'partial-lines', describe: 'Lines that were cut on the way' },
  { name: 'offline-gateway', describe: 'A gateway offline for 6 h that sends all afterwards' },
  {
    name: 'overlapping-archive',
    describe: 'An hour of one gateway that is sent again a day later',
  },
]

/** Share of lines that come late, that come twice, that come cut. */
const LATE = 0.001
const TWICE = 0.002
const CUT = 0.0001

/** A stretch of one gateway's time, the end not included. */
export interface Stretch {
  readonly gateway: string
  readonly fromMs: number
  readonly toMs: number
}

const isWithin = ({ gateway, fromMs, toMs }: Stretch, name: string, timeMs: number): boolean =>
  gateway === name && timeMs >= fromMs && timeMs < toMs

/** When somebody is offline, and of whom an hour comes again. */
function stretchOf(company: Company, fault: string, fraction: number, hours: number): Stretch {
  const { gateways, options, startMs } = company
  const fromMs = startMs + Math.floor(options.days * fraction) * DAY_MS + 8 * HOUR_MS
  const { name } = company.draw('delivery', fault).pick(gateways)
  const isOn = company.isOn(fault)
  return { gateway: isOn ? name : '', fromMs, toMs: fromMs + hours * HOUR_MS }
}

/** The way from the gateways to the collector. */
export function deliveryOf(company: Company, silences: readonly Stretch[]): Delivery {
  const random = company.draw('delivery')
  const offline = stretchOf(company, 'offline-gateway', 0.6, 6)
  const again = stretchOf(company, 'overlapping-archive', 0.7, 1)
  const [isReordering, isDoubling, isCutting] = [
    ...['reordering', 'duplicates', 'partial-lines'].map((name) => company.isOn(name)),
  ]
  return (line, timeMs) => {
    // One draw a line for each fault, whether it is on or not: a switch leaves the others as they are.
    const [late, twice, cut] = [random.fraction(), random.fraction(), random.fraction()]
    const { gateway } = line
    if (silences.some((silence) => isWithin(silence, gateway, timeMs))) return []
    let deliveredMs = timeMs + Math.round(40 + late * 900)
    if (isReordering && late < LATE) deliveredMs += Math.round((late / LATE) * DAY_MS)
    if (isWithin(offline, gateway, timeMs)) {
      const flushedMs = offline.toMs + Math.round(cut * 90 * SECOND_MS)
      deliveredMs = Math.max(deliveredMs, flushedMs)
    }
    const isCut = isCutting && cut < CUT
    const text = isCut ? line.text.slice(0, Math.ceil(line.text.length * (cut / CUT))) : line.text
    const arrived: SimulatedLine = { ...line, text, deliveredMs }
    const copies = [arrived]
    if (isDoubling && twice < TWICE) copies.push({ ...arrived, deliveredMs: deliveredMs + 700 })
    if (isWithin(again, gateway, timeMs)) {
      copies.push({ ...arrived, deliveredMs: deliveredMs + DAY_MS })
    }
    return copies
  }
}
