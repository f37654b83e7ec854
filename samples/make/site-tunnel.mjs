import { END_MS, HOUR, MINUTE, SECOND, START_MS } from './clock.mjs'
import { eventLog, fortigateWriter } from './fortigate-line.mjs'
import { GATEWAYS } from './world.mjs'

const PHASE_1 = eventLog('vpn', '0101037127', 'notice', 'Progress IPsec phase 1')
const PHASE_2 = eventLog('vpn', '0101037129', 'notice', 'Progress IPsec phase 2')
const INSTALLED = eventLog('vpn', '0101037133', 'notice', 'Install IPsec SA')
const STATUS = eventLog('vpn', '0101037138', 'notice', 'IPsec connection status changed')
const STATISTICS = eventLog('vpn', '0101037141', 'notice', 'IPsec tunnel statistics')

const PROGRESS = {
  status: 'success',
  init: 'local',
  mode: 'main',
  dir: 'outbound',
  role: 'initiator',
  result: 'OK',
}

/** The tunnel between two sites: new keys every eight hours, statistics in between. Nobody logs in. */
export function writeSiteTunnel(journal, gatewayKey, peer, random) {
  const { address } = GATEWAYS[gatewayKey]
  const ends = { remip: peer.address, locip: address, remport: 500, locport: 500, outintf: 'wan1' }
  const nobody = {
    user: peer.address,
    group: 'N/A',
    xauthuser: 'N/A',
    xauthgroup: 'N/A',
    assignip: 'N/A',
  }
  const tunnel = { vpntunnel: peer.tunnel }
  const write = fortigateWriter(journal, gatewayKey, random)
  for (let startMs = START_MS + 13 * MINUTE; startMs < END_MS; startMs += 8 * HOUR) {
    const cookies = `${random.hex(16)}/${random.hex(16)}`
    const base = { ...ends, cookies, ...nobody, ...tunnel }
    for (let stage = 1; stage <= 3; stage++) {
      const fields = {
        msg: 'progress IPsec phase 1',
        action: 'negotiate',
        ...base,
        ...PROGRESS,
        stage,
      }
      write(startMs + stage * 80, PHASE_1, fields)
    }
    const phase2 = {
      msg: 'progress IPsec phase 2',
      action: 'negotiate',
      ...base,
      ...PROGRESS,
      mode: 'quick',
    }
    write(startMs + SECOND, PHASE_2, phase2)
    write(startMs + SECOND + 40, INSTALLED, {
      msg: 'install IPsec SA',
      action: 'install_sa',
      ...base,
    })
    const id = {
      tunnelip: 'N/A',
      tunnelid: random.integer(100_000, 4_000_000),
      tunneltype: 'ipsec',
    }
    const up = { duration: 0, sentbyte: 0, rcvdbyte: 0, nextstat: 0 }
    const change = {
      msg: 'IPsec connection status change',
      action: 'tunnel-up',
      ...base,
      ...id,
      ...up,
    }
    write(startMs + SECOND + 60, STATUS, change)
    writeStatistics(write, startMs, { ...base, ...id }, random)
  }
}

function writeStatistics(write, startMs, tunnel, random) {
  for (let hour = 1; hour < 8; hour++) {
    const counts = {
      duration: hour * 3600,
      sentbyte: hour * 7_340_032,
      rcvdbyte: hour * 5_242_880,
      nextstat: 600,
    }
    const action = { msg: 'IPsec tunnel statistics', action: 'tunnel-stats' }
    const timeMs = startMs + hour * HOUR + random.integer(0, 4000)
    write(timeMs, STATISTICS, { ...action, ...tunnel, ...counts })
  }
}
