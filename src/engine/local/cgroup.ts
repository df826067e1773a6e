import { rmdirSync } from 'node:fs'
import { join } from 'node:path'

import {
  enableControllers,
  isGroup,
  killGroup,
  makeGroup,
  readControl,
  removeGroup,
  words,
  writeControl,
} from './cgroup-folder.ts'
import { findCgroupMount, type CgroupMount } from './cgroup-mount.ts'

const CONTROLLERS = ['memory', 'cpu']

export interface CgroupLimits {
  /** MiB. */
  memory: number
  /** CPU units, 1024 = 1 vCPU. */
  cpu: number
}

/** The group of one instance. */
export interface CgroupHandle {
  /** False when it could not be put in there: it has ended, for example. */
  add(pid: number): boolean
  /** Ends whatever is in it, also what has left its process group. */
  kill(): Promise<void>
  /** Whether the kernel has killed it for its memory; known after `remove` too. */
  oomKilled(): boolean
  /** Nothing may run in it any more. */
  remove(): Promise<void>
}

/**
 * Makes a group of this name for all instances. Uses a subtree that is ours: the server's own group when nothing else
 * is in it (a systemd service with `Delegate=yes`, a container), for root otherwise a group at the top, as Docker has.
 */
export async function openCgroups({ name, root }: { name: string; root?: string }): Promise<Cgroups> {
  const mount = root === undefined ? findCgroupMount() : { top: root, own: root }
  if (mount === null) return new Cgroups(null, false)
  const parent = parentFor(mount)
  const folder = join(parent, name)
  if (!isGroup(folder) && !makeGroup(folder)) return new Cgroups(null, false)
  return new Cgroups(folder, enableControllers(parent, CONTROLLERS) && enableControllers(folder, CONTROLLERS))
}

function parentFor({ top, own }: CgroupMount): string {
  const offered = words(readControl(own, 'cgroup.controllers'))
  const alone = words(readControl(own, 'cgroup.procs')).join(',') === String(process.pid)
  // Controllers are for groups in a group without processes of its own: the server moves into a leaf.
  if (alone && CONTROLLERS.every((each) => offered.includes(each)) && moveTo(join(own, 'gantry-server')))
    return own
  return process.getuid?.() === 0 ? top : own
}

function moveTo(leaf: string): boolean {
  try {
    if (!isGroup(leaf) && !makeGroup(leaf)) return false
    writeControl(leaf, 'cgroup.procs', String(process.pid))
    return true
  } catch {
    return false
  }
}

export class Cgroups {
  /** Null: no group can be made. */
  readonly #folder: string | null
  /** Whether memory and cpu can be limited; else groups are still good to end all of an instance. */
  readonly limits: boolean

  constructor(folder: string | null, limits: boolean) {
    this.#folder = folder
    this.limits = limits
  }

  get available(): boolean {
    return this.#folder !== null
  }

  /** A group with these limits, where they can be. Null when it cannot be made. */
  create(instance: string, limits: CgroupLimits | null): CgroupHandle | null {
    if (this.#folder === null || !this.#make(this.#folder)) return null
    const folder = join(this.#folder, instance)
    if (!makeGroup(folder)) return null
    try {
      if (limits !== null && this.limits) setLimits(folder, limits)
    } catch {
      rmdirSync(folder)
      return null
    }
    return handleOf(folder)
  }

  /** Ends and removes whatever is left in the group, and the group itself until an instance needs it again. */
  async sweep(): Promise<void> {
    if (this.#folder === null) return
    await killGroup(this.#folder)
    await removeGroup(this.#folder)
  }

  #make(folder: string): boolean {
    if (isGroup(folder)) return true
    return makeGroup(folder) && (!this.limits || enableControllers(folder, CONTROLLERS))
  }
}

const CPU_PERIOD = 100_000

function setLimits(folder: string, { memory, cpu }: CgroupLimits): void {
  writeControl(folder, 'memory.max', String(memory * 1024 * 1024))
  // What goes, goes as a whole: half an instance is worse than none.
  writeControl(folder, 'memory.oom.group', '1')
  // The kernel takes no quota below 1 ms.
  writeControl(folder, 'cpu.max', `${Math.max(1_000, Math.round((cpu / 1024) * CPU_PERIOD))} ${CPU_PERIOD}`)
  // Missing where the kernel has no swap.
  if (readControl(folder, 'memory.swap.max') !== '') writeControl(folder, 'memory.swap.max', '0')
}

function handleOf(folder: string): CgroupHandle {
  let killedForMemory = false
  const oomKilled = (): boolean => {
    killedForMemory ||= /^oom_kill [1-9]/m.test(readControl(folder, 'memory.events'))
    return killedForMemory
  }
  return {
    oomKilled,
    add: (pid) => {
      try {
        writeControl(folder, 'cgroup.procs', String(pid))
        return true
      } catch {
        return false
      }
    },
    kill: () => killGroup(folder),
    remove: async () => {
      oomKilled()
      await removeGroup(folder)
    },
  }
}
