import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { expect, it } from 'vitest'

import { openEngine, remove } from './home.ts'

it('what a killed server leaves of an instance, its containers and its mounts, is ended by the next one, which starts all of it', async () => {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'crashing-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string]
  const { home, children } = JSON.parse(line) as { home: string; children: { name: string; pid: number }[] }
  expect(children.map(({ name }) => name.replace(/-\w+/, ''))).toEqual(['web.1', 'web.1.proxy'])
  const exited = once(server, 'exit')
  server.kill('SIGKILL')
  await exited
  expect(children.filter(({ pid }) => existsSync(`/proc/${pid}/cwd`))).toHaveLength(2)
  const next = await openEngine(home)
  try {
    expect(children.filter(({ pid }) => existsSync(`/proc/${pid}/cwd`))).toEqual([])
    const names = () => next.db.all('SELECT name FROM children').map(({ name }) => String(name))
    await expect.poll(names).toHaveLength(2)
    expect(names()).not.toEqual(children.map(({ name }) => name))
  } finally {
    await next.close()
    await remove(home)
  }
})
