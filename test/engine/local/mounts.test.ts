import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Mounts } from '../../../src/app/app.ts'
import { canMount } from './can-mount.ts'
import { Shop } from './shop.ts'

const isRoot = process.getuid?.() === 0
let shop: Shop

beforeEach(async () => {
  shop = await Shop.open()
  shop.image = await shop.make('b'.repeat(64), async (folder) => {
    await mkdir(join(folder, 'var/cache'), { recursive: true })
    await writeFile(join(folder, 'var/cache/old'), 'of the image')
    await writeFile(join(folder, 'var/note'), 'beside it\n')
    await symlink('/etc', join(folder, 'link'))
  })
})
afterEach(() => shop[Symbol.asyncDispose]())

const mount = (source: Mounts[string]['source'], source_path = 'files'): Mounts[string] => ({
  source,
  source_path,
})
const run = async (command: string, mounts: Mounts): Promise<{ lines: string[]; exit: number | null }> => {
  const handle = await shop.task(command, { mounts })
  const lines = await Array.fromAsync(handle.logs)
  return { lines, exit: (await handle.result).exit_code }
}
const storage = (): string => join(shop.engine.paths.storage('shop', 'default'))
const places = (): Promise<string[]> => readdir(shop.engine.paths.places('shop')).catch(() => [])

describe.skipIf(!canMount)('a mount (where apps may make namespaces)', () => {
  it('is a folder in the read-only tree that can be written to, and the rest of the tree stays as it is', async () => {
    const command =
      'ls var/cache; echo new >var/cache/new && cat var/cache/new var/note; touch var/x 2>&1; pwd'
    const { lines } = await run(command, { 'var/cache': mount('tmp') })
    expect(lines.slice(0, 2)).toEqual(['new', 'beside it'])
    expect(lines.slice(2).join('\n')).toMatch(/^touch: .*Read-only file system\n.*\/images\/b+$/)
  })

  it('may be where the tree has nothing, and several folders deep', async () => {
    const { lines } = await run('echo it >a/b/c/f; cat a/b/c/f', { 'a/b/c': mount('instance') })
    expect(lines).toEqual(['it'])
    expect(existsSync(join(shop.engine.paths.image('shop', 'b'.repeat(64)), 'a'))).toBe(false)
  })

  it('does not follow a link of the tree to somewhere else', async () => {
    const { lines } = await run('echo it >link/app/f; ls link link/app', { 'link/app': mount('tmp') })
    expect(lines).toEqual(['link:', 'app', '', 'link/app:', 'f'])
    expect(existsSync('/etc/app')).toBe(false)
  })

  it('outside of the tree lies over a folder of this machine, for this instance alone', async () => {
    await using data = await temporary()
    await writeFile(join(data.path, 'of-the-machine'), '')
    const { lines } = await run(`ls ${data.path}; echo x >${data.path}/mine; ls ${data.path}`, {
      [data.path]: mount('tmp'),
    })
    expect(lines).toEqual(['mine'])
    expect(await readdir(data.path)).toEqual(['of-the-machine'])
  })

  it('outside of the tree fails with a sentence where this machine has no such folder', async () => {
    const { lines, exit } = await run('true', { '/no/such/folder': mount('tmp') })
    expect(lines.join()).toContain(
      'there is no folder /no/such/folder on this machine to mount over: make it',
    )
    expect(exit).toBe(125)
  })

  it('from tmp is empty at each start of an instance, one from instance is kept in its place until that goes [SW-62] [UP-42] [UP-45]', async () => {
    const command = 'echo >>tmp/a; echo >>own/a; echo "$(wc -l <tmp/a) $(wc -l <own/a)"; exec sleep 600'
    const mounts = { tmp: mount('tmp'), own: mount('instance') }
    const state = shop.state('web', command, { mounts })
    await shop.roll(null, state)
    const [first] = await shop.instances('web')
    process.kill(first!.pid!, 'SIGKILL')
    await expect.poll(() => shop.lines('web')).toContain('1 2')
    expect(await shop.lines('web')).not.toContain('2 2')
    const two = shop.state('web', command, { mounts, demand_count: 2 })
    await shop.roll(state, two)
    const fresh = async () => (await shop.lines('web')).filter((line) => line === '1 1')
    await expect.poll(fresh).toHaveLength(2)
    expect(await places()).toHaveLength(2)
    await shop.roll(two, null)
    expect(await places()).toEqual([])
  })

  it('from storage is one for all processes and tasks, and stays over deploys and servers until the app is deleted [UP-29] [UP-43] [UP-46]', async () => {
    const mounts = { uploads: mount('storage', 'files') }
    await run('echo one >>uploads/log', mounts)
    const state = shop.state('web', 'echo two >>shared/log; exec sleep 600', {
      mounts: { shared: mount('storage', 'files') },
    })
    await shop.roll(null, state)
    await shop.roll(state, null)
    await shop.restart()
    const { lines } = await run('cat uploads/log; ls all', { ...mounts, all: mount('storage', '') })
    expect(lines).toEqual(['one', 'two'])
    expect(await readdir(storage())).toEqual(['%', 'files'])
    await shop.engine.removeApp(shop.app)
    expect(existsSync(storage())).toBe(false)
  })

  it('of a task is gone with its run', async () => {
    await run('echo x >a/f', { a: mount('instance') })
    expect(await places()).toEqual([])
  })

  it('that an earlier server has left is gone when the next one starts', async () => {
    await mkdir(join(shop.engine.paths.places('shop'), 'web.1-dead', 'instance'), { recursive: true })
    await shop.restart()
    expect(await places()).toEqual([])
  })

  it('is there for health checks and for what people run in the instance', async () => {
    const check = { path: null, tcp: false, interval: 1, timeout: 5, retries: 3, start_period: 5 }
    const state = shop.state('web', 'echo fine >var/cache/health; exec sleep 600', {
      mounts: { 'var/cache': mount('instance') },
      health_check: { ...check, command: 'test "$(cat var/cache/health)" = fine' },
    })
    expect(await shop.roll(null, state)).toMatchObject({ outcome: 'steady' })
    const request = { kind: 'exec', process: 'web', instance: null, terminal: null } as const
    const signal = new AbortController().signal
    const shell = await shop.engine.openShell(
      shop.app,
      { ...request, command: ['cat', 'var/cache/health'] },
      { signal, notice: () => {} },
    )
    shell.end()
    const output = await Array.fromAsync(shell.output)
    expect(output.map(({ bytes }) => Buffer.from(bytes).toString()).join('')).toBe('fine\n')
    await shell.result
  })

  it('takes no more than the path says out of a source path', async () => {
    const odd = ['..', '../../x', '.hidden', 'a/b', 'é ü', 'x'.repeat(250)]
    for (const source_path of odd)
      expect((await run('echo x >m/f', { m: { source: 'storage', source_path } })).exit).toBe(0)
    expect(await readdir(join(storage(), '..'))).toEqual(['default'])
    expect(await readdir(storage())).toHaveLength(odd.length)
  })

  it('outlives nothing: no mount of an instance is seen by this machine', async () => {
    await using data = await temporary()
    const state = shop.state('web', 'exec sleep 600', {
      mounts: { [data.path]: mount('tmp'), a: mount('tmp') },
    })
    await shop.roll(null, state)
    const [instance] = await shop.instances('web')
    const [own, server] = await Promise.all(
      [instance!.pid!, 'self'].map((pid) => readFile(`/proc/${pid}/mountinfo`, 'utf8')),
    )
    expect(own).toContain(data.path)
    expect(server).not.toContain(data.path)
    expect(server).not.toContain(shop.home)
  })

  describe.skipIf(!isRoot)('started as root', () => {
    it('belongs to the user of the app, who is nobody else in there', async () => {
      const { lines } = await run('id -u; stat -c %u a; grep CapEff /proc/self/status', { a: mount('tmp') })
      expect(Number(lines[0])).toBeGreaterThan(1_000_000)
      expect(lines[1]).toBe(lines[0])
      expect(lines[2]).toMatch(/CapEff:\s+0+$/)
    })

    it('over what programs with the set-uid bit trust gets nobody more rights: they run without it', async () => {
      await using bin = await temporary()
      const program = join(bin.path, 'id')
      await copyFile(execFileSync('which', ['id'], { encoding: 'utf8' }).trim(), program)
      await chmod(program, 0o4755)
      const idOf = async (mounts: Mounts): Promise<string> =>
        (await run(`${program} -u`, mounts)).lines.join()
      expect(await idOf({})).toBe('0')
      expect(Number(await idOf({ '/etc': mount('tmp') }))).toBeGreaterThan(1_000_000)
    })

    it('cannot be taken away by what runs in it', async () => {
      const { exit } = await run('umount a', { a: mount('tmp') })
      expect(exit).not.toBe(0)
    })

    it('is deleted without a step outside, whatever links the app left in it', async () => {
      await using other = await temporary()
      await writeFile(join(other.path, 'precious'), 'x')
      const command = `ln -s ${other.path} t/a; ln -s ${other.path}/precious t/b; mkdir -p t/d/e; chmod 0 t/d; exec sleep 600`
      const state = shop.state('web', command, { mounts: { t: mount('tmp') } })
      await shop.roll(null, state)
      await shop.roll(state, null)
      expect(await places()).toEqual([])
      expect(await readFile(join(other.path, 'precious'), 'utf8')).toBe('x')
      expect((await stat(other.path)).uid).toBe(0)
    })

    it('can be reached by its app whatever the umask of the server is just then', async () => {
      const before = process.umask(0o177)
      try {
        expect((await run('echo x >a/b/f', { 'a/b': mount('storage') })).exit).toBe(0)
      } finally {
        process.umask(before)
      }
    })

    it('cannot be reached by another app', async () => {
      await run('echo x >a/f', { a: mount('storage') })
      const mode = (await stat(shop.engine.paths.app('shop'))).mode & 0o777
      expect(mode).toBe(0o750)
      expect((await stat(join(storage(), 'files'))).mode & 0o777).toBe(0o700)
    })
  })
})

async function temporary(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'gantry-data-'))
  await chmod(path, 0o755)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
