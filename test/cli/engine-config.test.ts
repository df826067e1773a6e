import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { ConfigError } from '../../src/app/errors.ts'
import { readEngineConfig } from '../../src/cli/engine-config.ts'
import { Checkout } from './checkout.ts'
import { gantry, temporaryFolder } from './gantry.ts'

const ECS = `engine: ecs
ecs: {cluster: main, region: eu-west-1}
environments: {live: {ecs: {cluster: live}}}
processes: {worker: {command: bin/worker}}
`

/** A folder of this name with this gantry.yml. */
async function folderOf(gantryYml: string, name = 'Order_Desk'): Promise<string> {
  const folder = join(await temporaryFolder(), name)
  await mkdir(folder)
  await writeFile(join(folder, 'gantry.yml'), gantryYml)
  return folder
}

test('an app on ecs is named by its config, else by the folder', async () => {
  const dir = await folderOf(ECS)
  expect(await readEngineConfig({ dir })).toMatchObject({
    name: 'order-desk',
    environment: 'default',
    settings: { cluster: 'main', region: 'eu-west-1' },
  })
  const named = await folderOf(`app: desk\n${ECS}`)
  expect(await readEngineConfig({ dir: named })).toMatchObject({ name: 'desk' })
  expect(await readEngineConfig({ dir: named, app: 'other' })).toMatchObject({ name: 'other' })
})

test('the environment decides what is read of the config', async () => {
  const dir = await folderOf(ECS)
  expect(await readEngineConfig({ dir, environment: 'live' })).toMatchObject({
    environment: 'live',
    settings: { cluster: 'live', region: 'eu-west-1' },
  })
  await expect(readEngineConfig({ dir, environment: 'lvie' })).rejects.toMatchObject({
    diagnostics: [expect.objectContaining({ hint: 'Did you mean "live"?' })],
  })
})

test('in a folder of a checkout the config of its root counts', async () => {
  const root = await folderOf(ECS, 'desk')
  const checkout = new Checkout(root)
  await mkdir(join(checkout.folder, 'src'))
  expect(await readEngineConfig({ dir: join(root, 'src') })).toMatchObject({ name: 'desk' })
})

test.each([
  ['none', null],
  ['one that says nothing of ecs, and may be as wrong as it likes', 'processes: {web: {comand: ls}}\n'],
  ['one for another engine', 'engine: local\necs: {cluster: main}\nprocesses: {web: {command: ls}}\n'],
])('%s is no reason to work without a server', async (_, gantryYml) => {
  const dir = gantryYml === null ? await temporaryFolder() : await folderOf(gantryYml)
  expect(await readEngineConfig({ dir })).toBeNull()
})

test('what is wrong with one that names ecs is said', async () => {
  const dir = await folderOf(`${ECS}tasks: {migrate: {comand: ls}}\n`)
  await expect(readEngineConfig({ dir })).rejects.toThrow(ConfigError)
})

test('where nothing says what is meant, one is told what there is', async () => {
  const cwd = await temporaryFolder()
  for (const command of ['ps', 'plan', 'deploy']) {
    const { code, stderr } = await gantry([command], { cwd, env: { HOME: cwd, GANTRY_HOME: '' } })
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no Gantry server runs'),
    })
    for (const way of ['`gantry init`', 'git remote `gantry`', 'GANTRY_SERVER', '`gantry server`']) {
      expect(stderr).toContain(way)
    }
  }
})

test('a home, GANTRY_SERVER or a git remote `gantry` mean a server, whatever the config says', async () => {
  const folder = await folderOf(ECS)
  const home = await temporaryFolder()
  const byOption = await gantry(['ps', '-C', folder, '--home', home])
  expect(byOption.stderr).toContain(`no Gantry server runs for this home: ${home}`)
  const byVariable = await gantry(['ps', '-C', folder], { env: { GANTRY_HOME: home } })
  expect(byVariable.stderr).toContain(`no Gantry server runs for this home: ${home}`)
  const nowhere = { GANTRY_SERVER: 'http://127.0.0.1:1', GANTRY_TOKEN: 'gantry_t' }
  const byServer = await gantry(['ps', '-C', folder, '--app', 'desk'], { env: nowhere })
  expect(byServer.stderr).toContain('no server answers at http://127.0.0.1:1 (GANTRY_SERVER)')
  new Checkout(folder).git('remote', 'add', 'gantry', 'http://localhost:7070/desk.git')
  const byRemote = await gantry(['ps', '-C', folder], { env: { HOME: home } })
  expect(byRemote.stderr).toContain('no token for http://localhost:7070 (the git remote gantry)')
})
