import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'

import {
  enableControllers,
  pidsIn,
  readControl,
  words,
  writeControl,
} from '../../../src/engine/local/cgroup-folder.ts'
import { findCgroupMount, parseCgroupMount } from '../../../src/engine/local/cgroup-mount.ts'
import { openCgroups, type Cgroups } from '../../../src/engine/local/cgroup.ts'

const name = `gantry-test-${randomBytes(4).toString('hex')}`
const cgroups = await openCgroups({ name })
const children: ChildProcess[] = []

afterEach(async () => {
  await cgroups.sweep()
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

afterAll(() => cgroups.sweep())

/** Where the group of this test file is. */
function folder(): string {
  const { top, own } = findCgroupMount()!
  return [join(own, name), join(top, name)].find((each) => existsSync(each))!
}

/** A shell that waits at a gate until it is in its group, then runs the script. */
async function run(group: { add(pid: number): boolean }, script: string): Promise<ChildProcess> {
  const child = spawn('/bin/sh', ['-c', `read -r _; ${script}`], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  })
  children.push(child)
  expect(group.add(child.pid!)).toBe(true)
  child.stdin.end('go\n')
  return child
}

const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))

describe.skipIf(!cgroups.available)('a group of an instance (where cgroup v2 groups can be made)', () => {
  it('holds an instance and all that comes from it', async () => {
    const group = cgroups.create('web.1-aaaaaa', null)!
    const child = await run(group, 'sleep 99 & echo ready; wait')
    await once(child.stdout!, 'data')
    const pids = pidsIn(join(folder(), 'web.1-aaaaaa'))
    expect(pids).toContain(child.pid)
    expect(pids).toHaveLength(2)
  })

  it('is killed as a whole, also what has left its process group and its parent', async () => {
    const group = cgroups.create('web.1-bbbbbb', { memory: 64, cpu: 256 })!
    const child = await run(
      group,
      'setsid sh -c "setsid sleep 98 & setsid sleep 97" & sleep 0.05; echo ready; exit 0',
    )
    await once(child, 'exit')
    await expect.poll(() => pidsIn(join(folder(), 'web.1-bbbbbb')).length).toBeGreaterThanOrEqual(2)
    const pids = pidsIn(join(folder(), 'web.1-bbbbbb'))
    await group.kill()
    expect(pids.filter(isAlive)).toEqual([])
    await group.remove()
    expect(readdirSync(folder())).not.toContain('web.1-bbbbbb')
    expect(group.oomKilled()).toBe(false)
  })

  it('is killed with all that forks while it is killed', async () => {
    const group = cgroups.create('web.1-cccccc', null)!
    const child = await run(group, 'echo ready; while :; do (sleep 96 &) ; done')
    await once(child.stdout!, 'data')
    await expect.poll(() => pidsIn(join(folder(), 'web.1-cccccc')).length).toBeGreaterThan(20)
    await group.kill()
    expect(pidsIn(join(folder(), 'web.1-cccccc'))).toEqual([])
  })

  it('takes nothing that has ended', async () => {
    const group = cgroups.create('web.1-dddddd', null)!
    const child = spawn('true')
    await once(child, 'exit')
    expect(group.add(child.pid!)).toBe(false)
    await group.kill()
    await group.remove()
    await group.remove()
    expect(group.add(process.pid)).toBe(false)
  })

  it('that an earlier server left is swept with what runs in it, groups in groups too', async () => {
    const group = cgroups.create('web.1-eeeeee', null)!
    const child = await run(group, 'echo ready; sleep 95')
    await once(child.stdout!, 'data')
    mkdirSync(join(folder(), 'web.1-eeeeee', 'inner'))
    writeControl(join(folder(), 'web.1-eeeeee', 'inner'), 'cgroup.procs', String(child.pid))
    const left = folder()
    const next = await openCgroups({ name })
    await next.sweep()
    expect(isAlive(child.pid!)).toBe(false)
    expect(existsSync(left)).toBe(false)
    expect(next.create('web.1-eeeeee', null)).not.toBeNull()
  })

  it('cannot be made twice at once under one name', () => {
    expect(cgroups.create('web.1-ffffff', null)).not.toBeNull()
    expect(cgroups.create('web.1-ffffff', null)).toBeNull()
  })
})

describe.skipIf(!cgroups.limits)('limits (where memory and cpu can be limited)', () => {
  it('are what was asked for', () => {
    cgroups.create('web.1-aaaaab', { memory: 64, cpu: 256 })
    const group = join(folder(), 'web.1-aaaaab')
    expect(readControl(group, 'memory.max')).toBe(`${64 * 1024 * 1024}\n`)
    expect(readControl(group, 'memory.oom.group')).toBe('1\n')
    expect(readControl(group, 'cpu.max')).toBe('25000 100000\n')
  })

  it('kill the whole instance when it takes too much memory, and say so', async () => {
    const group = cgroups.create('web.1-aaaaac', { memory: 32, cpu: 1024 })!
    const child = await run(
      group,
      `sleep 94 & exec ${process.execPath} -e 'const all = []; for (;;) all.push(Buffer.alloc(1e6, 1))'`,
    )
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGKILL')
    await group.kill()
    expect(group.oomKilled()).toBe(true)
    await group.remove()
    expect(group.oomKilled()).toBe(true)
  })
})

const mount = findCgroupMount()
const offered = mount === null ? [] : words(readControl(mount.top, 'cgroup.controllers'))

describe.skipIf(!cgroups.available || offered.length === 0)(
  'controllers (where the kernel offers one)',
  () => {
    it('are enabled for the groups in a group, unless there is a process in it', async () => {
      const controller = offered[0]!
      const before = readControl(mount!.top, 'cgroup.subtree_control')
      expect(enableControllers(mount!.top, [controller])).toBe(true)
      cgroups.create('web.1-aaaaad', null)
      const empty = join(folder(), 'empty')
      const busy = join(folder(), 'busy')
      expect(enableControllers(folder(), [controller])).toBe(true)
      for (const each of [empty, busy]) mkdirSync(each)
      await run({ add: (pid) => (writeControl(busy, 'cgroup.procs', String(pid)), true) }, 'sleep 93')
      expect([enableControllers(empty, [controller]), enableControllers(busy, [controller])]).toEqual([
        true,
        false,
      ])
      expect(enableControllers(empty, ['nonsense'])).toBe(false)
      await cgroups.sweep()
      if (!words(before).includes(controller))
        writeControl(mount!.top, 'cgroup.subtree_control', `-${controller}`)
    })
  },
)

describe('where no group can be made', () => {
  async function useless(root: string): Promise<Cgroups> {
    const opened = await openCgroups({ name: 'x', root })
    expect([opened.available, opened.limits]).toEqual([false, false])
    expect(opened.create('web.1-aaaaaa', { memory: 1, cpu: 1 })).toBeNull()
    await opened.sweep()
    return opened
  }

  it('nothing is made and nothing fails', async () => {
    const plain = await mkdtemp(join(tmpdir(), 'gantry-cgroup-'))
    await useless(plain)
    expect(readdirSync(plain)).toEqual([])
    await useless(join(plain, 'none'))
    await rm(plain, { recursive: true, force: true })
  })
})

describe('the mount', () => {
  const unified = '30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate'

  it('is found with the group of this process, on a pure v2 machine', () => {
    expect(parseCgroupMount(unified, '0::/system.slice/gantry.service\n')).toEqual({
      top: '/sys/fs/cgroup',
      own: '/sys/fs/cgroup/system.slice/gantry.service',
    })
    expect(parseCgroupMount(unified, '0::/\n')).toEqual({ top: '/sys/fs/cgroup', own: '/sys/fs/cgroup' })
  })

  it('is found beside v1', () => {
    const hybrid =
      '35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw'
    expect(parseCgroupMount(hybrid, '4:memory:/x\n0::/y\n')).toEqual({
      top: '/sys/fs/cgroup/unified',
      own: '/sys/fs/cgroup/unified/y',
    })
  })

  it('may show only a part of the tree', () => {
    const part = '30 23 0:26 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw'
    expect(parseCgroupMount(part, '0::/docker/abc\n')?.own).toBe('/sys/fs/cgroup')
    expect(parseCgroupMount(part, '0::/docker/abc/inner\n')?.own).toBe('/sys/fs/cgroup/inner')
    expect(parseCgroupMount(part, '0::/docker/abcdef\n')?.own).toBe('/sys/fs/cgroup')
    expect(parseCgroupMount(unified, '0::/../outside\n')?.own).toBe('/sys/fs/cgroup')
  })

  it('may have spaces in its name', () => {
    expect(parseCgroupMount('30 23 0:26 / /mnt/c\\040g rw - cgroup2 cgroup rw', '0::/a\n')?.own).toBe(
      '/mnt/c g/a',
    )
  })

  it('may be nowhere', () => {
    expect(
      parseCgroupMount('35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory', '4:memory:/x\n'),
    ).toBeNull()
  })
})
