import { describe, expect, test } from '@jest/globals'
import { UsageError } from '../usage-error.ts'
import { parseConfig } from './config.ts'

function mistakesIn(text: string): string[] {
  try {
    parseConfig(text, 's.yaml')
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message.split('\n').map((line) => line.replace('s.yaml: ', ''))
  }
  return []
}

const UDP = 'type: syslog, transport: udp'
const TLS = 'type: syslog, transport: tls, tls: {certFile: c, keyFile: k'

describe('mistakes in what a service is told', () => {
  test.each<[string, string[]]>([
    [
      'sources:\n  - type: sylog\n',
      ['line 2: sources[1].type must be syslog, files or kafka; did you mean syslog?'],
    ],
    ['sources:\n  - port: 1\n', ['line 2: sources[1].type is missing: syslog, files or kafka']],
    ['sources: [x]\n', ['line 1: sources[1] must be a group of keys']],
    [
      'sources:\n  - type: syslog\n    transport: upd\n',
      ['line 3: sources[1].transport must be udp, tcp or tls; did you mean udp?'],
    ],
    ['sources: [{type: syslog}]\n', ['line 1: sources[1].transport is missing: udp, tcp or tls']],
    [
      `sources: [{${UDP}, conectionsMax: 1}]\n`,
      ['line 1: unknown key "conectionsMax" in sources[1] (type: syslog, transport: udp)'],
    ],
    [
      'sources: [{type: syslog, transport: tcp, conectionsMax: 1}]\n',
      [
        'line 1: unknown key "conectionsMax" in sources[1] (type: syslog, transport: tcp); did you mean connectionsMax?',
      ],
    ],
    ['sources: [{type: syslog, transport: tls}]\n', ['line 1: sources[1].tls is missing']],
    [
      `sources: [{${TLS}, clientCaFil: x}}]\n`,
      ['line 1: unknown key "clientCaFil" in sources[1].tls; did you mean clientCaFile?'],
    ],
    [`sources: [{${UDP}, port: 0}]\n`, ['line 1: sources[1].port must be from 1 to 65535']],
    [`sources: [{${UDP}, port: 1.5}]\n`, ['line 1: sources[1].port must be a whole number']],
    [`sources: [{${UDP}, port: "514"}]\n`, ['line 1: sources[1].port must be a number']],
    [
      `sources: [{${UDP}, address: localhost}]\n`,
      ['line 1: sources[1].address must be an IP address of this machine'],
    ],
    [
      `sources: [{${UDP}, allow: [10.0.0.1/8]}]\n`,
      [
        'line 1: sources[1].allow[1] must be a network: an address, or address/length without bits beyond the length',
      ],
    ],
    [
      `sources: [{${UDP}, receiveBufferBytes: lots}]\n`,
      ['line 1: sources[1].receiveBufferBytes must be a number of bytes, such as 1GiB'],
    ],
    [
      `sources: [{${UDP}, receiveBufferBytes: [1]}]\n`,
      ['line 1: sources[1].receiveBufferBytes must be a number of bytes, such as 1GiB'],
    ],
    [
      `sources: [{${UDP}, receiveBufferBytes: 1KiB}]\n`,
      ['line 1: sources[1].receiveBufferBytes must be from 65536 to 1073741824 bytes'],
    ],
    [
      `sources: [{${UDP}, name: "a b"}]\n`,
      ['line 1: sources[1].name must be 1 to 64 letters, digits, dots, dashes, underscores'],
    ],
    ['sources: [{type: files}]\n', ['line 1: sources[1].paths is missing']],
    ['sources: [{type: files, paths: []}]\n', ['line 1: sources[1].paths must not be empty']],
    [
      'sources: [{type: kafka, topic: "a b"}]\n',
      [
        'line 1: sources[1].topic must be the name of a topic: 1 to 249 letters, digits, dots, dashes and underscores',
      ],
    ],
    ['state: {snapshotSeconds: 0}\n', ['line 1: state.snapshotSeconds must be from 1 to 3600 s']],
    ['state: {spoolBytesMax: 1GiB}\n', []],
    ['state: {spoolBytesMax: 1073741824}\n', []],
    [
      'kafka: {brokers: [a]}\n',
      ['line 1: kafka.brokers[1] must be host:port, such as kafka-1.example.net:9092'],
    ],
    ['kafka: {brokers: a:1}\n', ['line 1: kafka.brokers must be a list']],
    ['kafka: {tls: true}\n', []],
    ['kafka: {tls: false}\n', ['line 1: kafka.tls must be true or a group of keys']],
    [
      'kafka:\n  tls: {cafile: x, caFile: 7}\n',
      [
        'line 2: kafka.tls.caFile must be a text',
        'line 2: unknown key "cafile" in kafka.tls; did you mean caFile?',
      ],
    ],
    [
      'kafka: {sasl: {mechanism: scram-sha-265, username: a}}\n',
      [
        'line 1: kafka.sasl.mechanism must be scram-sha-256, scram-sha-512 or plain; did you mean scram-sha-256?',
      ],
    ],
    [
      'kafka:\n  sasl:\n    mechanism: plain\n    username: a\n    password: CANARY\n',
      [
        'line 5: kafka.sasl.password must not stand in the file; name a file with kafka.sasl.passwordFile or set SEKISHO_KAFKA_PASSWORD',
      ],
    ],
    [
      'http: {token: CANARY}\n',
      [
        'line 1: http.token must not stand in the file; name a file with http.tokenFile or set SEKISHO_HTTP_TOKEN',
      ],
    ],
    ['http: true\n', ['line 1: http must be false or a group of keys']],
    ['http: false\n', []],
    ['http: {prot: 1}\n', ['line 1: unknown key "prot" in http; did you mean port?']],
    [
      'outputs: [{type: fil}]\n',
      [
        'line 1: outputs[1].type must be file, stdout, elasticsearch, syslog or webhook; did you mean file?',
      ],
    ],
    [
      'outputs: [{type: stdout, path: x}]\n',
      ['line 1: unknown key "path" in outputs[1] (type: stdout)'],
    ],
    ['outputs: []\n', ['line 1: outputs must not be empty']],
    ['log: {level: trace}\n', ['line 1: log.level must be debug, info, warn or error']],
    ['log: {format: jsn}\n', ['line 1: log.format must be json or text; did you mean json?']],
    ['signals: ""\n', ['line 1: signals must not be empty']],
  ])('%j', (text, mistakes) => {
    expect(mistakesIn(text)).toStrictEqual(mistakes)
  })
})
