import { BackOff } from '../delivery/back-off.ts'
import {
  type AlertDocument,
  DeliveryStopped,
  type DeliveryTools,
  type Destination,
} from '../delivery/destination.ts'
import {
  openSyslogConnection,
  type SyslogAddress,
  type SyslogConnection,
} from './syslog-connection.ts'
import { type SyslogPayload, syslogMessageOf } from './syslog-frame.ts'

export interface SyslogSettings extends SyslogAddress {
  /** Unique among destinations. */
  readonly name: string
  readonly payload: SyslogPayload
  /** 0 … 23; 13, "log audit", when absent. */
  readonly facility?: number
  /** Who sends, as the server shows it. */
  readonly hostname: string
  /** Bytes of a message; when absent what servers must take: 2,048 over UDP (RFC 5426, 3.2), else 8,192 (RFC 5425, 4.3.1). */
  readonly messageBytesMax?: number
}

const LOG_AUDIT = 13
const UDP_BYTES_MAX = 2048
const STREAM_BYTES_MAX = 8192
/** What is sent again when a connection dies. */
const MESSAGES_AT_ONCE = 100

/**
 * Material words on alerts to a syslog server (RFC 5424), in their order.
 *
 * Over TCP and TLS there is no acknowledgement. Messages count as delivered when the kernel has taken them and no end or reset of the
 * connection came back for 200 ms; until then they are sent again over the next connection, so that the last up to 100 of them may
 * arrive twice (`externalId` with state and revision, and `alert` in the structured data, tell). Lost is only what the server or the
 * network loses later than that without a word: a host that dies with messages in its buffers. UDP loses what it loses.
 */
export class SyslogDestination implements Destination {
  readonly name: string
  readonly #settings: SyslogSettings
  readonly #tools: DeliveryTools
  readonly #backOff: BackOff
  #connection: SyslogConnection | null = null

  constructor(settings: SyslogSettings, tools: DeliveryTools) {
    this.name = settings.name
    this.#settings = settings
    this.#tools = tools
    this.#backOff = new BackOff(tools, settings.name)
  }

  async deliver(documents: readonly AlertDocument[], signal: AbortSignal): Promise<void> {
    const messages = await this.#messagesOf(documents)
    const { clock, listener } = this.#tools
    const startMs = clock.nowMs()
    for (let at = 0; at < messages.length; at += MESSAGES_AT_ONCE) {
      await this.#sendAll(messages.slice(at, at + MESSAGES_AT_ONCE), signal)
    }
    listener.delivered(this.name, messages.length, clock.nowMs() - startMs)
  }

  async #messagesOf(documents: readonly AlertDocument[]): Promise<readonly string[]> {
    const { payload, hostname, transport, facility = LOG_AUDIT, messageBytesMax } = this.#settings
    const bytesMax = messageBytesMax ?? (transport === 'udp' ? UDP_BYTES_MAX : STREAM_BYTES_MAX)
    const messages: string[] = []
    for (const document of documents) {
      if (!document.body.sekisho.alert.is_material) continue
      const message = syslogMessageOf(document, { payload, facility, hostname, bytesMax })
      if (message === null) {
        const reason = `the alert does not fit into a syslog message of ${bytesMax} bytes`
        await this.#tools.listener.refused(this.name, document, reason)
      } else messages.push(message)
    }
    return messages
  }

  async #sendAll(messages: readonly string[], signal: AbortSignal): Promise<void> {
    for (;;) {
      if (signal.aborted) throw new DeliveryStopped()
      try {
        if (this.#connection?.isLost) this.#disconnect()
        this.#connection ??= await openSyslogConnection(this.#settings, this.#tools.clock, signal)
        await this.#connection.send(messages, signal)
        this.#backOff.reset()
        return
      } catch (error) {
        this.#disconnect()
        const { host, port, transport } = this.#settings
        const why = `${transport} ${host}:${port}: ${(error as Error).message}`
        await this.#backOff.wait(why, signal)
      }
    }
  }

  #disconnect(): void {
    this.#connection?.close()
    this.#connection = null
  }

  async close(): Promise<void> {
    this.#disconnect()
  }
}
