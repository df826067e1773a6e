import { readFileSync, readdirSync } from 'node:fs'

/**
 * Who a process is, so that a pid that was used again is never taken for the one it was. Linux only: elsewhere nothing
 * can be proved, so nothing left over is ever killed.
 */
export interface Identity {
  pid: number
  /** Clock ticks after boot, field 22 of /proc/PID/stat (proc_pid_stat(5)). */
  start_time: string
  boot_id: string
}

export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return 'unknown'
  }
}

export function identify(pid: number): Identity {
  return { pid, start_time: startTime(pid) ?? 'unknown', boot_id: bootId() }
}

export function isAlive(identity: Identity): boolean {
  return (
    identity.start_time !== 'unknown' &&
    identity.boot_id === bootId() &&
    startTime(identity.pid) === identity.start_time
  )
}

/** Null when there is no such process, or it is a zombie: that one has ended. */
function startTime(pid: number): string | null {
  const stat = statOf(pid)
  return stat === null || stat.state === 'Z' || stat.state === 'X' ? null : stat.startTime
}

function statOf(pid: number): { state: string; group: number; startTime: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in parentheses may itself hold spaces and parentheses.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', group: Number(fields[2]), startTime: fields[19] ?? '' }
  } catch {
    return null
  }
}

/** All processes that carry one of these values as GANTRY_INSTANCE, or whose group one of these pids leads. */
export function findMembers(secrets: ReadonlySet<string>, groups: ReadonlySet<number>): number[] {
  const found: number[] = []
  for (const pid of allPids()) {
    if (pid === process.pid) continue
    const stat = statOf(pid)
    if (stat === null || stat.state === 'Z') continue
    const secret = instanceSecret(pid)
    if (groups.has(stat.group) || (secret !== null && secrets.has(secret))) found.push(pid)
  }
  return found
}

/** All live processes of these users. */
export function findOwned(uids: ReadonlySet<number>): number[] {
  if (uids.size === 0) return []
  return allPids().filter((pid) => {
    const uid = realUser(pid)
    return uid !== null && uids.has(uid) && statOf(pid)?.state !== 'Z'
  })
}

function realUser(pid: number): number | null {
  try {
    const uid = /^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return uid === undefined ? null : Number(uid)
  } catch {
    return null
  }
}

function allPids(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

function instanceSecret(pid: number): string | null {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1')
    const entry = environment.split('\0').find((each) => each.startsWith('GANTRY_INSTANCE='))
    return entry === undefined ? null : entry.slice('GANTRY_INSTANCE='.length)
  } catch {
    return null
  }
}
