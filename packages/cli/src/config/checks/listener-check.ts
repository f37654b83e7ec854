import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, isIPv6 } from 'node:net'
import { numberText } from '../../words.ts'
import { reasonOf } from '../secret.ts'
import type { SyslogSourceConfig } from '../service-config.ts'
import { type CheckRow, failed, passed } from './check-row.ts'

/** Binds a port for a moment. */
export async function tcpPortCheck(
  check: string,
  { address, port }: { readonly address: string; readonly port: number },
): Promise<CheckRow> {
  const server = createServer()
  try {
    server.listen({ host: address, port, exclusive: true })
    await once(server, 'listening')
    return passed(check, `can listen at ${address} port ${port}`)
  } catch (error) {
    return failed(check, `cannot listen at ${address} port ${port}: ${bindReasonOf(error)}`)
  } finally {
    server.close()
  }
}

/** Binds a port for a moment, and looks what the kernel grants of the receive buffer. */
export async function udpPortCheck(
  check: string,
  source: Extract<SyslogSourceConfig, { transport: 'udp' }>,
): Promise<CheckRow> {
  const { address, port, receiveBufferBytes } = source
  const socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4' })
  try {
    socket.bind({ address, port, exclusive: true })
    await once(socket, 'listening')
    socket.setRecvBufferSize(receiveBufferBytes)
    // Linux adds room for its own bookkeeping and tells twice of what it was asked for (socket(7), SO_RCVBUF).
    const granted = socket.getRecvBufferSize() / (process.platform === 'linux' ? 2 : 1)
    const note =
      granted < receiveBufferBytes
        ? `; the kernel grants ${numberText(granted)} of ${numberText(receiveBufferBytes)} bytes (sysctl net.core.rmem_max)`
        : ''
    return passed(check, `can listen at ${address} UDP port ${port}${note}`)
  } catch (error) {
    return failed(check, `cannot listen at ${address} UDP port ${port}: ${bindReasonOf(error)}`)
  } finally {
    socket.close()
  }
}

/** Why a port cannot be had. */
export function bindReasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return 'another process has it (this service, if it runs already)'
  if (code === 'EADDRNOTAVAIL') return 'the address is none of this machine'
  if (code === 'EACCES') return 'ports below 1024 need CAP_NET_BIND_SERVICE'
  return reasonOf(error)
}
