import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

// The files of a group, as in the kernel's Documentation/admin-guide/cgroup-v2.rst.

/** How long processes may take to end once they have been killed, in ms; one in a system call may take its time. */
const KILL_TIMEOUT = 10_000
const PAUSE = 5

/** Throws when the kernel refuses. */
export function writeControl(folder: string, file: string, value: string): void {
  // Never created: where there is no such file, the kernel does not know it.
  const fd = openSync(join(folder, file), constants.O_WRONLY)
  try {
    writeSync(fd, value)
  } finally {
    closeSync(fd)
  }
}

export function readControl(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch {
    return ''
  }
}

export function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

/** Makes a group in one that exists. False where that is no group, or may not be changed, or has one of this name. */
export function makeGroup(folder: string): boolean {
  if (!isGroup(dirname(folder))) return false
  try {
    mkdirSync(folder)
    return true
  } catch {
    return false
  }
}

export function isGroup(folder: string): boolean {
  return existsSync(join(folder, 'cgroup.procs'))
}

/** Lets the groups in this one have limits. False where the kernel refuses: there are processes in it, for example. */
export function enableControllers(folder: string, controllers: readonly string[]): boolean {
  const enabled = words(readControl(folder, 'cgroup.subtree_control'))
  if (controllers.every((each) => enabled.includes(each))) return true
  try {
    writeControl(folder, 'cgroup.subtree_control', controllers.map((each) => `+${each}`).join(' '))
    return true
  } catch {
    return false
  }
}

/** SIGKILL to all processes in a group and the groups in it. Resolves when they have ended. */
export async function killGroup(folder: string): Promise<void> {
  const deadline = Date.now() + KILL_TIMEOUT
  const atOnce = killAtOnce(folder)
  while (isPopulated(folder) && Date.now() < deadline) {
    if (!atOnce) for (const pid of pidsIn(folder)) killPid(pid)
    await delay(PAUSE)
  }
}

/** Removes a group and the groups in it. One with processes left in it stays, for a later sweep. */
export async function removeGroup(folder: string): Promise<void> {
  for (const child of childrenOf(folder)) await removeGroup(child)
  // The kernel may still be busy with processes that have just ended.
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      return rmdirSync(folder)
    } catch {
      if (!isGroup(folder) || isPopulated(folder)) return
      await delay(PAUSE)
    }
  }
}

/** The groups in a group. */
function childrenOf(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name))
  } catch {
    return []
  }
}

/** False before Linux 5.14. */
function killAtOnce(folder: string): boolean {
  try {
    writeControl(folder, 'cgroup.kill', '1')
    return true
  } catch {
    return false
  }
}

function isPopulated(folder: string): boolean {
  return /^populated 1$/m.test(readControl(folder, 'cgroup.events'))
}

/** Of the groups in it too. */
export function pidsIn(folder: string): number[] {
  const own = words(readControl(folder, 'cgroup.procs')).map(Number)
  return [...own, ...childrenOf(folder).flatMap(pidsIn)]
}

function killPid(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}
