import type { DeliveryTools, Destination } from '@sekisho/alert-sink'
import {
  elasticsearchAccessOf,
  syslogSettingsOf,
  webhookSettingsOf,
} from '../config/output-access.ts'
import type { OutputConfig } from '../config/service-config.ts'

/** Outputs that are somebody else's servers. */
export type RemoteOutput = Exclude<OutputConfig, { readonly type: 'file' | 'stdout' }>

/** True for an output that is delivered to, rather than written here. */
export function isRemote(output: OutputConfig): output is RemoteOutput {
  return output.type !== 'file' && output.type !== 'stdout'
}

/**
 * The servers that alerts go to, files of secrets and certificates read.
 * @param hostname of this machine, as syslog servers show it
 * @throws UsageError when a file is missing or broken
 */
export async function destinationsOf(
  outputs: readonly OutputConfig[],
  hostname: string,
  tools: DeliveryTools,
): Promise<Destination[]> {
  return await Promise.all(
    outputs.filter(isRemote).map((output) => destinationOf(output, hostname, tools)),
  )
}

/** Clients are loaded where they are needed only: that of Elasticsearch is large. */
async function destinationOf(
  output: RemoteOutput,
  hostname: string,
  tools: DeliveryTools,
): Promise<Destination> {
  if (output.type === 'elasticsearch') {
    const { ElasticsearchDestination } = await import('@sekisho/alert-sink/elasticsearch')
    const { name, namespace } = output
    return new ElasticsearchDestination(
      { name, namespace, access: elasticsearchAccessOf(output) },
      tools,
    )
  }
  const { SyslogDestination, WebhookDestination } = await import('@sekisho/alert-sink/siem')
  return output.type === 'syslog'
    ? new SyslogDestination(syslogSettingsOf(output, hostname), tools)
    : new WebhookDestination(webhookSettingsOf(output), tools)
}
