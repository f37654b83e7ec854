// Preloaded into a measured process: prints its CPU seconds (all threads) and peak memory when it exits.
process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024)
  process.stderr.write(`bench-usage ${JSON.stringify({ cpuS: (user + system) / 1e6, peakMiB })}\n`)
})
