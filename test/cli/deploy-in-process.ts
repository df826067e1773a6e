import { systemClock } from '../../src/app/clock.ts'
import { EngineControl } from '../../src/cli/engine-control.ts'
import { watch } from '../../src/cli/watch.ts'
import { MemoryLog } from '../fakes/memory-log.ts'
import { openEngine } from '../engine/local/home.ts'

/** What `gantry deploy` does where there is no server, on an engine in this home: `HOME CHECKOUT`. */
const [home = '', folder = ''] = process.argv.slice(2)
const app = { name: 'shop', environment: 'default' }
const engine = await openEngine(home, app)
const remote = { log: new MemoryLog(), cancel: async () => {} }
const control = new EngineControl({ engine, remote, app, folder, clock: systemClock })
const wish = { force: false, rebuild: false, allow_remove: false }
await watch(control, (watching) => control.deploy('HEAD', wish, watching), {})
await engine.close()
