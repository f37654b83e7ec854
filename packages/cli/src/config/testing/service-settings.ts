import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OptionValues } from '../../option-values.ts'
import { readServiceConfig } from '../read-service-config.ts'
import type { ServiceConfig } from '../service-config.ts'

type Texts = Readonly<Record<string, string>>

/** A folder with a configuration and the files it names, for one test. */
export class SettingsFolder {
  readonly path: string
  readonly config: string

  constructor() {
    this.path = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
    this.config = join(this.path, 'sekisho.yaml')
  }

  /** Writes a file that its owner alone may read. @returns its path */
  write(name: string, text: string, mode = 0o600): string {
    const path = join(this.path, name)
    writeFileSync(path, text, { mode })
    return path
  }

  values(environment: Texts = {}, flags: Texts = {}): OptionValues {
    return new OptionValues({ config: this.config, ...flags }, environment)
  }

  /** @param yaml becomes the configuration file */
  serviceConfig(yaml: string, environment: Texts = {}, flags: Texts = {}): ServiceConfig {
    this.write('sekisho.yaml', yaml)
    return readServiceConfig(this.values(environment, flags), environment)
  }

  remove(): void {
    rmSync(this.path, { recursive: true })
  }
}
