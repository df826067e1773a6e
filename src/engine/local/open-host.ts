import { createHash } from 'node:crypto'
import { chmod, mkdir } from 'node:fs/promises'

import type { Clock } from '../../app/clock.ts'
import { Database } from '../../store/database.ts'
import { openCgroups } from './cgroup.ts'
import { Children } from './children.ts'
import { sweepContainers } from './container.ts'
import { findMountTools } from './mount-view.ts'
import { Logs, type Host, type OnLost } from './host.ts'
import { Paths } from './paths.ts'
import type { Ports } from './ports.ts'
import { Router } from './proxy/router.ts'
import { Users } from './users.ts'
import { Variables } from './variables.ts'

export interface HostOptions {
  clock: Clock
  ports: Ports
  /** Whether each app runs under a user of its own, which only root can arrange. */
  isolate: boolean
  onLost?: OnLost | undefined
}

/**
 * Opens a home, made when it does not exist, and ends what a server that crashed has left running in it. Rejects when
 * another server uses it.
 */
export async function openHost(
  home: string,
  { clock, ports, isolate, onLost = () => {} }: HostOptions,
): Promise<Host> {
  const paths = new Paths(home)
  await mkdir(home, { recursive: true })
  // Isolated apps run under users of their own, who pass through here on the way to their images.
  await chmod(home, isolate ? 0o711 : 0o700)
  const db = new Database(paths.database)
  try {
    const id = createHash('sha256').update(home).digest('hex').slice(0, 12)
    const users = new Users(db, paths, isolate)
    await users.checkReachable()
    const children = new Children(db)
    const [cgroups, mountTools] = await Promise.all([
      openCgroups({ name: `gantry-${id}` }),
      findMountTools(paths.home, users.nobody()),
    ])
    await children.sweep()
    await users.endEverything()
    await cgroups.sweep()
    await sweepContainers(id)
    const variables = new Variables(db)
    return {
      id,
      db,
      paths,
      users,
      variables,
      children,
      cgroups,
      mountTools,
      ports,
      router: new Router(),
      logs: new Logs(db, paths, clock),
      clock,
      onLost,
    }
  } catch (error) {
    db.close()
    throw error
  }
}

/** After all children have ended. */
export async function closeHost(host: Host): Promise<void> {
  await host.logs.close()
  await host.cgroups.sweep()
  host.db.close()
}
