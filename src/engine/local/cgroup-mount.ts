import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export interface CgroupMount {
  /** Where the hierarchy is mounted. */
  top: string
  /** The group of this process in it. */
  own: string
}

/** Where cgroup v2 is, alone or beside v1. Null: nowhere. */
export function findCgroupMount(): CgroupMount | null {
  try {
    return parseCgroupMount(
      readFileSync('/proc/self/mountinfo', 'utf8'),
      readFileSync('/proc/self/cgroup', 'utf8'),
    )
  } catch {
    return null
  }
}

/** Reads what proc_pid_mountinfo(5) and cgroups(7) describe. */
export function parseCgroupMount(mountinfo: string, cgroup: string): CgroupMount | null {
  const path = /^0::(\/.*)$/m.exec(cgroup)?.[1]
  const line = mountinfo.split('\n').find((each) => each.includes(' - cgroup2 '))
  const [, , , root, mountPoint] = line?.split(' ') ?? []
  if (path === undefined || root === undefined || mountPoint === undefined) return null
  const top = unescape(mountPoint)
  // Of a container may be mounted only its own part of the tree.
  const below =
    root === '/' ? path : path.startsWith(`${unescape(root)}/`) ? path.slice(unescape(root).length) : '/'
  // A process that came from outside its namespace sees a path that leaves it.
  return { top, own: below.startsWith('/..') ? top : resolve(top + below) }
}

/** Spaces and the like are octal in there. */
function unescape(path: string): string {
  return path.replaceAll(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}
