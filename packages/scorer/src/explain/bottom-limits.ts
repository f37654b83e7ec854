import type { DetectConfig } from '@sekisho/detect'

/** Below every sum that terms can have. */
const BOTTOM = -(2 ** 40)

/**
 * The configuration with the thresholds of U2, N and U1 at the bottom: asked with it, the rules tell of everything that
 * they weigh, also where it comes to nothing. What it comes to, they are asked with the real one.
 */
export function bottomOf(config: DetectConfig): DetectConfig {
  const { limits } = config
  return {
    ...config,
    limits: {
      ...limits,
      login: { ...limits.login, signal: BOTTOM },
      source: { ...limits.source, threshold: BOTTOM, failingUsersMin: 0 },
      bruteForce: { ...limits.bruteForce, threshold: BOTTOM },
    },
  }
}
