import {
  type AlertDraft,
  alertIdOf,
  configHashOf,
  type DetectConfig,
  dayTextOf,
  PROFILE_LAG_DAYS,
} from '@sekisho/detect'
import type { AlertContent } from '@sekisho/event'
import type { ProfileSource } from './organisation.ts'

/** Makes the content of an alert from what a rule found: its id, and what it was found with. */
export class AlertContents {
  readonly configHash: string
  readonly #config: DetectConfig
  readonly #databases: string
  readonly #organisation: ProfileSource

  /**
   * @param databases dates of the location databases and lists in force
   * @param dated what else changes results: own networks, zones
   */
  constructor(
    config: DetectConfig,
    databases: string,
    dated: readonly string[],
    organisation: ProfileSource,
  ) {
    this.configHash = configHashOf(config, [databases, ...dated])
    this.#config = config
    this.#databases = databases
    this.#organisation = organisation
  }

  of(drafts: readonly AlertDraft[], day: number): AlertContent[] {
    if (drafts.length === 0) return []
    const { tenant } = this.#config
    const profileDay = day - PROFILE_LAG_DAYS
    const inputs = {
      config: this.configHash,
      geo: this.#databases,
      profileDay: dayTextOf(profileDay),
      profile: this.#organisation.profile(profileDay).hash,
    }
    return drafts.map((draft) => ({ id: alertIdOf(tenant, draft), tenant, ...draft, inputs }))
  }
}
