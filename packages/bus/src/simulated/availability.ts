import type { SimulatedWorld } from './world.ts'

/** An outage is short, or longer than clients are patient. */
const SHORT_MS = 1_500
const LONG_MS = 45_000

/** Whether the broker is up. It loses nothing by going down, but what it was about to do waits until it is up again. */
export class Availability {
  readonly #world: SimulatedWorld
  readonly #waiting: (() => void)[] = []
  #isDown = false
  #outages = 0

  constructor(world: SimulatedWorld) {
    this.#world = world
    world.onFault('outage', () => {
      this.begin()
      const lastsMs = world.random.between(10, world.random.chance(0.7) ? SHORT_MS : LONG_MS)
      const outage = this.#outages
      world.after(lastsMs, 'the broker may come back', () => {
        if (this.#outages === outage) this.end()
      })
    })
    world.onHeal(() => this.end())
  }

  get isDown(): boolean {
    return this.#isDown
  }

  /** How often it has gone down: an answer from before an outage is lost in it. */
  get outages(): number {
    return this.#outages
  }

  begin(): void {
    if (this.#isDown) return
    this.#isDown = true
    this.#outages++
    this.#note('the broker is down')
  }

  end(): void {
    if (!this.#isDown) return
    this.#isDown = false
    this.#note('the broker is up')
    for (const run of this.#waiting.splice(0)) run()
  }

  /** Plans what the broker does of its own accord, a random time from now and not while it is down. */
  plan(label: string, run: () => void, delayMs = this.#world.scheduler.latencyMs()): void {
    this.#world.after(delayMs, label, () => {
      if (this.#isDown) this.whenUp(() => this.plan(label, run))
      else run()
    })
  }

  /** Calls back once, when it is up. */
  whenUp(run: () => void): void {
    if (this.#isDown) this.#waiting.push(run)
    else run()
  }

  #note(text: string): void {
    const { trace, nowMs } = this.#world.scheduler
    trace.note(nowMs, text)
  }
}
