import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { docker } from '../../../../src/engine/docker.ts'
import { findTool } from '../../../../src/engine/ecs/images/docker-tool.ts'
import { HAS_REGISTRY } from './registry.ts'

/** A program of one file, to make images of where none can be pulled. */
export const BUSYBOX = '/bin/busybox'

export interface RealDocker {
  /** What it builds with: `buildx`, `buildkit`, `classic`. */
  kind: string
  /** A PATH on which it comes first. */
  path: string
}

/** Every `docker` on this machine by what it builds with, given an engine that answers and a registry to push to. */
export async function realDockers(): Promise<RealDocker[]> {
  if (!HAS_REGISTRY || !existsSync(BUSYBOX)) return []
  const PATH = process.env['PATH'] ?? ''
  const found = new Map<string, RealDocker>()
  for (const folder of PATH.split(delimiter).filter(hasDocker)) {
    const path = `${folder}${delimiter}${PATH}`
    const answer = await docker(['version'], { timeout: 10, env: { PATH: path } })
    if (!answer.ok) continue
    const { kind } = await findTool({ PATH: path }, new AbortController().signal)
    if (!found.has(kind)) found.set(kind, { kind, path })
  }
  return [...found.values()]
}

function hasDocker(folder: string): boolean {
  try {
    accessSync(join(folder, 'docker'), constants.X_OK)
    return true
  } catch {
    return false
  }
}
