import { aContainer } from '../../app/fixtures.ts'
import { canMount } from './can-mount.ts'
import { Shop } from './shop.ts'

// Runs until it is killed: a server with an instance that has a container beside it, and mounts.
const shop = await Shop.open()
const mounts = canMount ? ({ var: { source: 'instance', source_path: '' } } as const) : {}
const { build: _build, ...proxy } = aContainer({ command: 'exec sleep 600', mounts })
const containers = { proxy: { ...proxy, image: shop.image } }
await shop.roll(null, shop.state('web', 'exec sleep 600', { containers, mounts }))
console.log(
  JSON.stringify({ home: shop.home, children: shop.engine.db.all('SELECT name, pid FROM children') }),
)
