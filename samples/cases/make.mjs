/**
 * Writes the folder of every published case and benign story beside this file: `node samples/cases/make.mjs`, or in
 * the folder that is named. The same script writes the same lines every time; README.md tells the stories.
 */
import { colonialPipeline2021, mitsubishiElectric } from './make/stories/accounts.mjs'
import { addresses2025, covertNetwork2023, talosProxies2024 } from './make/stories/campaigns.mjs'
import { crowds } from './make/stories/crowds.mjs'
import { fortiosAdministrator, hospitalRansomware } from './make/stories/intrusions.mjs'
import { fortigateConfigurations2025, fortigateList2021, pulseCookies2020 } from './make/stories/leaks.mjs'
import { lives } from './make/stories/lives.mjs'

const folder = process.argv[2] ?? import.meta.dirname
const tellers = [
  fortigateList2021,
  fortigateConfigurations2025,
  pulseCookies2020,
  talosProxies2024,
  covertNetwork2023,
  addresses2025,
  colonialPipeline2021,
  mitsubishiElectric,
  fortiosAdministrator,
  hospitalRansomware,
  ...crowds,
  ...lives,
]
for (const tell of tellers) {
  const story = tell()
  const lines = story.write(folder)
  process.stdout.write(`${story.name}: ${lines} lines\n`)
}
