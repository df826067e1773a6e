import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { shop } from './apps.ts'
import { remove, temporaryFolder } from '../engine/local/home.ts'
import { World } from './world.ts'

it('a server whose address is taken says so and ends', async () => {
  const folder = await temporaryFolder()
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const server = spawn(
    process.execPath,
    [join(import.meta.dirname, 'serve.ts'), join(folder, 'home'), String(port)],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const output = (await Array.fromAsync(server.stderr)).join('')
  expect(output).toContain(`the address 127.0.0.1:${port} is taken`)
  expect(server.exitCode ?? (await once(server, 'exit'))[0]).not.toBe(0)
  taken.close()
  await remove(folder)
})

it('an app does not see the tools of Gantry', async () => {
  await using world = await World.create()
  const checkout = await world.createApp('path')
  await checkout.deploy(shop('1'))
  const { env } = JSON.parse((await world.open('path')).body) as { env: Record<string, string> }
  expect(env['PATH']).not.toContain(join('node_modules', '.bin'))
})

it('a task that fails is explained, and asking for output that nobody wrote as well', async () => {
  await using world = await World.create()
  const checkout = await world.createApp('hints')
  const tasks = `tasks: {migrate: {command: 'echo x > beside-the-code', run: pre_deploy}}\n`
  const { output } = await checkout.deploy(shop('1', `processes: {web: {command: node web.mjs}}\n${tasks}`))
  expect(output).toContain('the code is read-only for the app: keep files below $HOME')
  await expect(world.api('GET', '/apps/hints/logs?process=nosuch')).rejects.toThrow(/output of task\.migrate/)
})
