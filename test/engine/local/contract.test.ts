import { engineContract } from '../contract.ts'
import { BUILD } from '../../app/fixtures.ts'
import { canMount } from './can-mount.ts'
import { openEngine, remove, temporaryFolder } from './home.ts'

engineContract('local', async () => {
  const home = await temporaryFolder()
  const app = { name: 'shop', environment: 'default' }
  const engine = await openEngine(home, app)
  return {
    engine,
    app,
    build: BUILD,
    placement: null,
    keepsInstances: true,
    timeout: 20,
    mounts: canMount,
    programs: {
      staysUp: ['sleep', '600'],
      prints: (line, code) => `echo '${line}'; exit ${code}`,
      failsAtOnce: ['false'],
    },
    dispose: async () => {
      await engine.close()
      await remove(home)
    },
  }
})
