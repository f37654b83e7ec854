import { pino } from 'pino'
import type { LogConfig } from '../config/service-config.ts'
import type { Io } from '../io.ts'
import { LogOutput } from './log-output.ts'
import { redacted, redactedText } from './redaction.ts'
import { RepeatLimiter } from './repeat-limiter.ts'

export type Fields = Readonly<Record<string, unknown>>

/**
 * The log of a service.
 *
 * `action` is what happened, as a fixed word such as `kafka-away` (ECS `event.action`): messages with the same level, action and
 * `with` fields are said once in ten seconds at most, then with their number. `message` is a sentence without values. Fields
 * with names of secrets are never shown, those with personal data at debug only.
 */
export interface Logger {
  debug(action: string, message: string, fields?: Fields): void
  info(action: string, message: string, fields?: Fields): void
  warn(action: string, message: string, fields?: Fields): void
  error(action: string, message: string, fields?: Fields): void
  /** The same log, with fields that every line has besides. */
  with(fields: Fields): Logger
}

/** A log that has an end. */
export interface ServiceLog extends Logger {
  /** Says what waits to be said and settles when everything is written. */
  flush(): Promise<void>
}

type Level = LogConfig['level']

/**
 * Writes to standard error, one JSON object in the form of ECS logging, or one line of text, for each message.
 * @param service name of the command, such as `score`
 */
export function serviceLog(
  service: string,
  config: LogConfig,
  { stderr, nowMs }: Pick<Io, 'stderr' | 'nowMs'>,
): ServiceLog {
  const output = new LogOutput(stderr, config.format)
  const limiter = new RepeatLimiter()
  const sink = pino(
    {
      level: config.level,
      base: { 'ecs.version': '9.0.0', 'service.name': `sekisho-${service}` },
      messageKey: 'message',
      nestedKey: 'sekisho',
      timestamp: () => `,"@timestamp":"${new Date(nowMs()).toISOString()}"`,
      formatters: { level: (label) => ({ 'log.level': label }) },
    },
    output,
  )

  function emit(level: Level, action: string, message: string, fields: Fields): void {
    const more = output.dropped === 0 ? {} : { droppedLines: output.dropped }
    const shown = redacted({ ...fields, ...more }, level === 'debug')
    sink.child({ 'event.action': action })[level](shown, redactedText(message))
  }

  function loggerWith(common: Fields): Logger {
    const suffix = JSON.stringify(redacted(common, true))
    const log = (level: Level) => (action: string, message: string, fields?: Fields) => {
      if (!sink.isLevelEnabled(level)) return
      limiter.handle(`${level} ${action} ${suffix}`, (repeated) => {
        const count = repeated > 1 ? { repeated } : {}
        emit(level, action, message, { ...common, ...fields, ...count })
      })
    }
    return {
      debug: log('debug'),
      info: log('info'),
      warn: log('warn'),
      error: log('error'),
      with: (fields) => loggerWith({ ...common, ...fields }),
    }
  }

  return {
    ...loggerWith({}),
    async flush() {
      limiter.flush()
      await output.flush()
    },
  }
}
