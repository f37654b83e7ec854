/** Exit codes of every command (README, exit codes). Where 1 and 3 both hold, the greater is given. */
export const EXIT = {
  done: 0,
  alertsFound: 1,
  usage: 2,
  inputUnread: 3,
  unreachable: 4,
  bug: 70,
} as const

/** Exit codes of the signals that end a run, 128 + the number of the signal. */
export const EXIT_OF_SIGNAL = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const
