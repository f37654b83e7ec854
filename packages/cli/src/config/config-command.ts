import { z } from 'zod'
import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { didYouMean } from '../nearest.ts'
import { shownStart } from '../terminal/shown-text.ts'
import { UsageError } from '../usage-error.ts'
import { oneOf } from '../words.ts'
import { rowsText } from './checks/check-row.ts'
import { connectionChecks } from './checks/connection-checks.ts'
import type { KafkaCheck } from './checks/kafka-check.ts'
import { settingsInForce } from './read-service-config.ts'
import { configSchema } from './schema.ts'
import { shownSettings } from './show.ts'
import { exitCodeOf, validated } from './validate.ts'

const ACTIONS = ['validate', 'show', 'schema'] as const

/**
 * `sekisho config ACTION`.
 * @param kafka what `--connect` asks of the brokers besides whether they answer
 */
export function configCommandOf(kafka: readonly KafkaCheck[]): CommandRun {
  return async (operands, values, io) => {
    const action = actionOf(operands)
    if (action === 'schema') {
      await io.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`)
      return EXIT.done
    }
    if (action === 'show') {
      const inForce = settingsInForce(values, io.environment)
      const text = shownSettings(inForce, io.environment, values.isOn('origin', false))
      await io.stdout.write(text)
      return EXIT.done
    }
    const checks = values.isOn('connect', false) ? connectionChecks(kafka, io.nowMs()) : []
    const rows = await validated(values, io, checks)
    await io.stdout.write(rowsText(rows))
    return exitCodeOf(rows)
  }
}

/** The schema of the file, as editors read it. */
export function jsonSchema(): unknown {
  return z.toJSONSchema(configSchema, { io: 'input' })
}

function actionOf(operands: readonly string[]): (typeof ACTIONS)[number] {
  const [word, ...more] = operands
  if (word === undefined) throw new UsageError(`sekisho config needs an action: ${oneOf(ACTIONS)}`)
  const action = ACTIONS.find((candidate) => candidate === word)
  if (action === undefined) {
    throw new UsageError(
      `unknown action ${shownStart(word, 100)} of sekisho config${didYouMean(word, ACTIONS) || `: ${oneOf(ACTIONS)}`}`,
    )
  }
  if (more.length > 0) throw new UsageError(`sekisho config ${action} takes no more operands`)
  return action
}
