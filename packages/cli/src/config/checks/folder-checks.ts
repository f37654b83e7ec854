import { constants } from 'node:fs'
import { access, open, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { bytesText } from '../../words.ts'
import { reasonOf } from '../secret.ts'
import type { ServiceConfig } from '../service-config.ts'
import { type CheckRow, failed, passed } from './check-row.ts'

/** The state folder takes a file that is synchronised, and has room for the spool. Nothing is left behind. */
export async function stateCheck({ state }: ServiceConfig): Promise<CheckRow[]> {
  const { folder, spoolBytesMax } = state
  const check = 'state.folder'
  const existing = await nearestFolder(folder)
  const probe = join(existing, `.sekisho-check-${process.pid}`)
  try {
    const file = await open(probe, 'wx', 0o600)
    try {
      await file.write('check')
      await file.sync()
    } finally {
      await file.close()
      await rm(probe)
    }
    const { bavail, bsize } = await statfs(existing)
    const free = bavail * bsize
    const sizes = `${bytesText(free)} free, and the spool may take ${bytesText(spoolBytesMax)}`
    if (free < spoolBytesMax) return [failed(check, `${folder} has too little room: ${sizes}`)]
    const made = existing === folder ? '' : ' (made at the first start)'
    return [passed(check, `${folder} can be written${made}: ${sizes}`)]
  } catch (error) {
    return [failed(check, `${folder} cannot be written: ${reasonOf(error)}`)]
  }
}

/** Files for alerts, signals and dead letters can be made or written on. */
export async function outputChecks(config: ServiceConfig): Promise<CheckRow[]> {
  const { outputs, signalsPath, deadLettersPath, state } = config
  const files: [string, string][] = outputs.flatMap((output, index) =>
    output.type === 'file' ? [[`outputs[${index + 1}]`, output.path]] : [],
  )
  if (signalsPath !== null) files.push(['signals', signalsPath])
  files.push(['deadLetters', deadLettersPath])
  // The state folder has a check of its own, and is made when it is not there.
  const others = files.filter(([, path]) => dirname(path) !== state.folder)
  return await Promise.all(others.map(([check, path]) => fileCheck(check, path)))
}

async function fileCheck(check: string, path: string): Promise<CheckRow> {
  try {
    const stats = await stat(path).catch(() => null)
    if (stats?.isDirectory() === true) return failed(check, `${path} is a folder`)
    await access(stats === null ? dirname(path) : path, constants.W_OK)
    return passed(check, `${path} can be written`)
  } catch (error) {
    return failed(check, `${path} cannot be written: ${reasonOf(error)}`)
  }
}

/** The folder, or the one in which it would be made. */
async function nearestFolder(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  )
  return isThere || dirname(folder) === folder ? folder : await nearestFolder(dirname(folder))
}
