/** How one thing that a service depends on is. */
export interface HealthCheck {
  /** It is as it should be. */
  pass(): void
  /** @param reason a sentence without names of users and without secrets: it is served */
  fail(reason: string): void
  /** It is no longer of interest, such as a partition that another process owns. */
  remove(): void
}

export interface HealthReport {
  readonly isOk: boolean
  readonly checks: readonly {
    readonly name: string
    readonly ok: boolean
    readonly reason?: string
  }[]
}

/** What `/livez` and `/readyz` say: ready is a service whose every check has passed and that is not stopping. */
export class Health {
  readonly #reasons = new Map<string, string | null>()
  #isStopping = false

  /** Adds a check that has not passed yet. @param reason why not, until it passes or fails */
  check(name: string, reason: string): HealthCheck {
    if (this.#reasons.has(name)) throw new Error(`there are two health checks ${name}`)
    this.#reasons.set(name, reason)
    const set = (value: string | null): void => {
      if (this.#reasons.has(name)) this.#reasons.set(name, value)
    }
    return {
      pass: () => set(null),
      fail: set,
      remove: () => this.#reasons.delete(name),
    }
  }

  /** From now on the service is not ready, whatever its checks say: nobody should send it more. */
  stop(): void {
    this.#isStopping = true
  }

  readiness(): HealthReport {
    const checks = [...this.#reasons].map(([name, reason]) => {
      return reason === null ? { name, ok: true } : { name, ok: false, reason }
    })
    if (this.#isStopping) checks.push({ name: 'running', ok: false, reason: 'stopping' })
    return { isOk: checks.every(({ ok }) => ok), checks }
  }

  /** A process that can answer lives: one that waits for a broker must not be restarted for it. */
  liveness(): HealthReport {
    return { isOk: true, checks: [{ name: 'process', ok: true }] }
  }
}
