import { createHash } from 'node:crypto'

import type { ContainerDefinition, MountPoint, Volume } from '@aws-sdk/client-ecs'

import type { Mount, Mounts } from '../../../app/app.ts'

/** Where the folder of the app is in its image, for mounts that are inside of it. */
const APP_FOLDER = '/app'
/** Tells volumes of Gantry from those of somebody else. */
const PREFIX = 'gantry-'

/** Where a mount is in its container. */
export function containerPath(path: string): string {
  return path.startsWith('/') ? path : `${APP_FOLDER}/${path}`
}

/** Mounts with the same source and source path are one folder: one volume of the task. */
export function renderMounts(mounts: Mounts): Pick<ContainerDefinition, 'mountPoints'> {
  const mountPoints = Object.entries(mounts)
    .map(([path, mount]) => ({ sourceVolume: volumeName(mount), containerPath: containerPath(path) }))
    .toSorted((a, b) => (a.containerPath < b.containerPath ? -1 : 1))
  return mountPoints.length === 0 ? {} : { mountPoints }
}

/** Empty folders on the scratch disk of the task, which are gone with it. */
export function renderVolumes(all: readonly Mounts[]): Volume[] {
  const names = new Set(all.flatMap((mounts) => Object.values(mounts).map(volumeName)))
  return [...names].sort().map((name) => ({ name }))
}

/**
 * The mounts of a container: what was asked for where that gives what is there, else what is there.
 *
 * @param volumes of its task, which say what its mount points lead to
 */
export function readMounts(
  said: Mounts,
  mountPoints: readonly MountPoint[],
  volumes: readonly Volume[],
): Mounts {
  const asked = new Map(
    Object.entries(said).map(([path, mount]) => [containerPath(path), { path, mount }] as const),
  )
  const found = mountPoints.map((point): [string, Mount] => {
    const { containerPath: real = '', sourceVolume = '' } = point
    const known = asked.get(real)
    if (
      known !== undefined &&
      volumeName(known.mount) === sourceVolume &&
      !isElsewhere(volumes, sourceVolume)
    ) {
      return [known.path, known.mount]
    }
    const source = isElsewhere(volumes, sourceVolume) ? 'storage' : 'tmp'
    return [real, { source, source_path: sourceVolume }]
  })
  return Object.fromEntries(found)
}

/** Whether a volume is one that Gantry has made. */
export function isOwnVolume(name: string | undefined): boolean {
  return name !== undefined && name.startsWith(PREFIX)
}

/** On a file system or disk of its own, which outlives the task. */
function isElsewhere(volumes: readonly Volume[], name: string): boolean {
  const volume = volumes.find((each) => each.name === name)
  return volume !== undefined && Object.keys(volume).some((key) => key !== 'name' && key !== 'host')
}

/** Paths have characters that names have not. */
function volumeName({ source, source_path }: Mount): string {
  return `${PREFIX}${source}-${createHash('sha256').update(source_path).digest('hex').slice(0, 8)}`
}
