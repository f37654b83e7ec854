import type { Command } from '../command.ts'
import { SERVICE_OPTIONS } from '../config/settings.ts'
import { ELASTICSEARCH_OPTIONS } from '../outputs/elasticsearch-options.ts'

const NO_OPERANDS = { usage: '', describe: 'Takes no operands.' }

const ONCE = {
  usage: '[PATH...]',
  describe:
    'Files, folders, globs or - for standard input, read once instead of the sources of the configuration; when they have been read, everything is final.',
}

export const RUN: Command = {
  name: 'run',
  describe: 'Reads live sources and says at once what is wrong: everything in one process.',
  options: SERVICE_OPTIONS,
  operands: ONCE,
  examples: [
    ['sekisho run', 'the sources and outputs of ./sekisho.yaml, until it is stopped'],
    [
      'sekisho run --state-folder /var/lib/sekisho',
      'goes on exactly where it was stopped or killed',
    ],
  ],
  load: async () => (await import('../live/run-live.ts')).runLive,
}

export const INGEST: Command = {
  name: 'ingest',
  describe: 'Service over Kafka: lines in, located login attempts by user out.',
  options: SERVICE_OPTIONS,
  operands: ONCE,
  examples: [
    ['sekisho ingest', 'the sources of ./sekisho.yaml'],
    ['sekisho ingest /var/log/vpn', 'an archive, once'],
  ],
  load: async () => (await import('../live/ingest.ts')).ingest,
}

export const SCORE: Command = {
  name: 'score',
  describe: 'Service over Kafka: login attempts in, alerts out. Start as many as are needed.',
  options: {
    stage: {
      kind: 'value',
      describe: 'user, network or all: which stages this process runs (default: all)',
    },
    ...SERVICE_OPTIONS,
  },
  operands: NO_OPERANDS,
  examples: [['sekisho score --kafka-brokers kafka1:9092,kafka2:9092', 'both stages']],
  load: async () => (await import('../live/score.ts')).score,
}

export const SINK: Command = {
  name: 'sink',
  describe: 'Service over Kafka: alerts in, the outputs of the configuration out.',
  options: SERVICE_OPTIONS,
  operands: NO_OPERANDS,
  examples: [['sekisho sink', 'each word on each alert once in every file']],
  load: async () => (await import('../live/sink.ts')).sink,
}

export const SETUP: Command = {
  name: 'setup',
  describe: 'Prepares a service that Sekisho works with. Safe to repeat.',
  options: {
    'create-key': {
      kind: 'value',
      describe:
        'elasticsearch: new file for a new API key that may write alerts and nothing else, for the services',
    },
    'revoke-older-keys': {
      kind: 'switch',
      describe: 'elasticsearch: with --create-key, ends the keys that were made so before',
    },
    'delete-before': {
      kind: 'value',
      describe: 'elasticsearch: deletes the last words on alerts of earlier months: 2026-03',
    },
    retention: {
      kind: 'value',
      describe: 'elasticsearch: how long the data stream keeps alerts (default: 400d)',
    },
    replicas: { kind: 'value', describe: 'elasticsearch: copies of each index (default: 1)' },
    'dry-run': { kind: 'switch', describe: 'elasticsearch: tells what would be done' },
    out: { kind: 'value', describe: 'kibana: folder for the files that Kibana imports' },
    output: {
      kind: 'value',
      describe: 'elasticsearch: name of an output of the configuration (default: the first)',
    },
    ...SERVICE_OPTIONS,
    ...ELASTICSEARCH_OPTIONS,
  },
  operands: {
    usage: 'kafka | elasticsearch | kibana',
    describe:
      'kafka creates the topics that are missing; elasticsearch puts templates and the data stream in place, with a login that may do so; kibana writes the dashboard, searches and rule as files.',
  },
  examples: [
    ['sekisho setup kafka --kafka-brokers localhost:9092', 'before the first start'],
    [
      'sekisho setup elasticsearch --elasticsearch https://es:9200 --elasticsearch-username elastic --elasticsearch-password-file pw --create-key es.key',
      'and the key with which replay, run and sink write',
    ],
    ['sekisho setup kibana --out kibana', 'two files for its imports'],
  ],
  load: async () => (await import('../setup/setup.ts')).setup,
}

export const DEAD_LETTERS: Command = {
  name: 'deadletters',
  describe: 'Shows what could not be read and was set aside, and gives it out for another try.',
  options: {
    reason: { kind: 'value', describe: 'only what was set aside for this reason (default: all)' },
    output: { kind: 'value', describe: 'text or json: how list shows it (default: text)' },
    file: {
      kind: 'value',
      describe: 'file of dead letters, instead of the topic or the file of the configuration',
    },
    ...SERVICE_OPTIONS,
  },
  operands: {
    usage: 'list | raw | refeed',
    describe:
      'list shows reason, place and beginning; raw gives the lines as they were; refeed reads them anew and writes what they say to Kafka.',
  },
  examples: [
    ['sekisho deadletters list', 'what, where and why'],
    [
      'sekisho deadletters refeed --reason no-timezone --timezone Asia/Tokyo',
      'once the reason has been mended',
    ],
    ['sekisho deadletters raw > again.log', 'for sekisho run: into a folder that it follows'],
  ],
  load: async () => (await import('../live/dead-letters.ts')).deadLetters,
}
