import type { Act } from './attacks/act.ts'
import { writeAdministrator } from './lines/administrator.ts'
import type { Writer } from './lines/writer.ts'
import type { Device } from './organisation/person.ts'
import { hashOf, Random } from './random.ts'

/** Writes a step of an attack. An attacker has a computer of his own, the same through an episode. */
export function writeAct(writer: Writer, act: Act, episode: string): void {
  const { gateway, timeMs, user, address } = act
  const origin = { episode, process: null }
  const device = attackersDevice(episode)
  switch (act.kind) {
    case 'failure':
      writer.failure(gateway, { timeMs, user, address, outcome: act.outcome, device }, origin)
      break
    case 'session': {
      const sessionKey = `${episode}/${user}/${timeMs}`
      const session = { startMs: timeMs, endMs: act.endMs, user, address, device, sessionKey }
      writer.session(gateway, { ...session, clientVersion: '22.3.1.18209', moves: [] }, origin)
      break
    }
    case 'theft':
      writer.theft(gateway, act, origin)
      break
    case 'administrator':
      writeAdministrator(writer.journal, gateway, { startMs: timeMs, ...act }, origin)
      break
  }
}

function attackersDevice(episode: string): Device {
  const random = new Random('device', hashOf(episode))
  const mac = ['02', ...Array.from({ length: 5 }, () => random.hex(2))].join('-')
  const name = `DESKTOP-${random.hex(7).toUpperCase()}`
  return { isPhone: false, clientId: random.hex(32).toUpperCase(), mac, name }
}
