import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AppId } from '../../../src/app/app.ts'
import type { BuiltImage } from '../../../src/app/image.ts'
import type { LocalEngine } from '../../../src/engine/local/local-engine.ts'
import { taskSpec } from '../specs.ts'
import { BUILD } from '../../app/fixtures.ts'
import { openEngine, remove, temporaryFolder } from './home.ts'

const shop = { name: 'shop', environment: 'default' }
const other = { name: 'other', environment: 'default' }
const images = new Map<string, BuiltImage>()
let home: string
let engine: LocalEngine

beforeAll(async () => {
  process.env['SECRET_OF_THE_SERVER'] = 'must not be seen'
  home = await temporaryFolder()
  engine = await openEngine(home, shop)
  engine.db.run('INSERT INTO apps (name, settings, created_at) VALUES (?, ?, ?)', 'other', '{}', '')
  await engine.addApp(other)
  for (const app of [shop, other]) {
    const request = {
      key: 'a'.repeat(64),
      build: BUILD,
      source: { bytes: 0, files: 0, write: async () => {} },
    }
    images.set(
      app.name,
      await engine.makeImage(app, request, { signal: new AbortController().signal, log: () => {} }),
    )
  }
})
afterAll(async () => {
  delete process.env['SECRET_OF_THE_SERVER']
  await engine.close()
  await remove(home)
})

const run = async (app: AppId, command: string): Promise<{ lines: string[]; exit_code: number | null }> => {
  const { variables } = await engine.observe(app)
  const versions = Object.fromEntries(variables.map(({ name, version }) => [name, version]))
  const spec = taskSpec('try', command, images.get(app.name)!, { variables: versions })
  const handle = await engine.runTask(app, { spec, initiated_by: 'test', deployment: null })
  const lines = await Array.fromAsync(handle.logs)
  return { lines, exit_code: (await handle.result).exit_code }
}

it('nothing of the environment of the server reaches an app', async () => {
  const { lines } = await run(shop, 'env')
  expect(lines.join('\n')).not.toContain('SECRET_OF_THE_SERVER')
})

it('secrets set by hand reach the app, and no log', async () => {
  const value = 'correct horse battery'
  await engine.setVariable(shop, { name: 'PASSWORD', value, process: null, secret: true })
  const { lines } = await run(
    shop,
    'echo "it is $PASSWORD, $(printf %s "$PASSWORD" | base64)"; test "$PASSWORD" = "correct horse battery"',
  )
  expect(lines).toEqual(['it is [secret], [secret]'])
})

it('a secret is not in any argument list', async () => {
  const value = randomBytes(16).toString('hex')
  await engine.setVariable(shop, { name: 'HIDDEN', value, process: null, secret: true })
  const { variables } = await engine.observe(shop)
  const versions = Object.fromEntries(variables.map(({ name, version }) => [name, version]))
  const spec = taskSpec('wait', 'echo "${#HIDDEN}"; exec sleep 600', images.get('shop')!, {
    variables: versions,
  })
  const handle = await engine.runTask(shop, { spec, initiated_by: 'test', deployment: null })
  for await (const line of handle.logs) {
    // It has the secret, and it runs.
    expect(line).toBe('32')
    break
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lists = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  expect(lists.some((list) => list.includes('sleep'))).toBe(true)
  expect(lists.filter((list) => list.includes(value))).toEqual([])
  await handle.stop('seen')
})

it('the database is for the server alone', async () => {
  expect((await stat(engine.paths.database)).mode & 0o077).toBe(0)
})

describe.skipIf(process.getuid?.() !== 0)('started as root, each app', () => {
  it('runs under a user of its own', async () => {
    const [one, two] = [await run(shop, 'id -u'), await run(other, 'id -u')]
    expect(Number(one.lines[0])).toBeGreaterThan(1_000_000)
    expect(one.lines).not.toEqual(two.lines)
    expect((await run(shop, 'id -G')).lines).toEqual(one.lines)
  })

  it('cannot read the files of another app, of the server, or its own logs', async () => {
    await run(other, 'echo private > "$HOME/note"')
    const paths = [
      engine.paths.appHome('other'),
      engine.paths.images('other'),
      engine.paths.logs('shop'),
      engine.paths.database,
    ]
    for (const path of paths)
      expect((await run(shop, `ls ${path}/ || cat ${path}`)).exit_code, path).not.toBe(0)
  })

  it('cannot signal what runs for another app, or the server', async () => {
    expect((await run(shop, `kill -0 ${process.pid}`)).exit_code).not.toBe(0)
  })

  it('keeps its user for as long as it exists', async () => {
    const before = await run(shop, 'id -u')
    await engine.close()
    engine = await openEngine(home, shop)
    await engine.addApp(other)
    expect(await run(shop, 'id -u')).toEqual(before)
  })
})
