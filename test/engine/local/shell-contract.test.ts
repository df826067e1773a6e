import { taskSpec } from '../specs.ts'
import { shellContract } from '../shell-contract.ts'
import { Shop } from './shop.ts'

shellContract('local', async () => {
  const shop = await Shop.open()
  await shop.roll(null, shop.state('web', 'sleep 600'))
  return {
    engine: shop.engine,
    app: shop.app,
    process: 'web',
    task: (command) => taskSpec('run', command, shop.image),
    dispose: () => shop[Symbol.asyncDispose](),
  }
})
