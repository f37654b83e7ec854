/**
 * Starts something that goes on by itself, and waits until it is to stop or has failed.
 *
 * @param start given a way to tell of a failure; returns how to stop, which is done in either case
 * @throws the first failure that was told
 */
export async function untilStopped(
  signal: AbortSignal,
  start: (fail: (error: Error) => void) => Promise<() => Promise<void>>,
): Promise<void> {
  let end: (error: Error | null) => void = () => {}
  const ended = new Promise<Error | null>((resolve) => {
    end = resolve
  })
  const onAbort = (): void => end(null)
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) end(null)
  try {
    const stop = await start(end)
    const error = await ended
    await stop()
    if (error !== null) throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
