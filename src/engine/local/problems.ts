import { isAbsolute } from 'node:path'

import type { Component, Container, Mount, Process, Task } from '../../app/app.ts'
import type { Image } from '../../app/image.ts'
import type { ContainerSpec, ProcessSpec } from '../../app/spec.ts'
import type { FieldProblem } from '../engine.ts'
import { portVariable } from './environment.ts'
import { ALLOW_MOUNTS, NO_MOUNTS } from './mount-view.ts'

/** What this machine offers. */
export interface Abilities {
  /** Whether memory and CPU can be limited. */
  limits: boolean
  /** Whether apps may make the namespaces that mounts take. */
  mounts: boolean
  /** Where everything is that Gantry keeps. */
  home: string
}

/** What processes, tasks and containers have in common. */
type Part = Pick<Component, 'entry_point' | 'command' | 'secrets' | 'mounts'> &
  Partial<Pick<Component, 'pre_start'>>

/** Pins that name an image of this engine; any other reference is a container image. */
const OWN_PIN = /^(key:[0-9a-f]{6,64}|release:v\d+)$/

export function componentProblems(
  component: Process | ProcessSpec | Task,
  abilities: Abilities,
): FieldProblem[] {
  const found = partProblems(component, '', { ...abilities, isContainer: isContainerImage(component.image) })
  if (component.ephemeral_storage_gb !== null) {
    found.push(warning(['ephemeral_storage_gb'], 'disk space is not limited by the local engine'))
  }
  return found
}

export function processProblems(process: Process | ProcessSpec, abilities: Abilities): FieldProblem[] {
  const found = componentProblems(process, abilities)
  for (const [name, container] of Object.entries(process.containers)) {
    found.push(...containerProblems(name, container, process, abilities))
  }
  found.push(...sizeProblems(process), ...nestedProblems(process))
  if (process.spot_count > 0) {
    found.push(
      warning(['spot_count'], 'one machine has no spot capacity: spot instances run like the others'),
    )
  }
  const [field, ...others] = scalingFields(process)
  if (field !== undefined) {
    found.push(warning([field, ...others], 'autoscaling is not available on the local engine'))
  }
  const isAlone = Object.keys(process.containers).length === 0
  if (process.port !== null && !(isAlone && isContainerImage(process.image))) {
    found.push(warning(['port'], ownPort(process.port)))
  }
  if (process.expose === 'private') {
    found.push(
      warning(
        ['expose'],
        'the local engine gives private processes no stable address: `gantry ps` shows the ports',
      ),
    )
  }
  return found
}

function containerProblems(
  name: string,
  container: Container | ContainerSpec,
  process: Process | ProcessSpec,
  abilities: Abilities,
): FieldProblem[] {
  const image =
    'build' in container && container.build === null ? (container.image ?? process.image) : container.image
  const at = `containers.${name}.`
  const found = partProblems(container, at, { ...abilities, isContainer: isContainerImage(image) })
  if (container.port !== null) {
    const text = `${ownPort(container.port)}; the rest of the instance finds it in $${portVariable(name)}`
    found.push(warning([`${at}port`], text))
  }
  return found
}

function ownPort(port: number): string {
  return `instances share this machine, so each gets a port of its own in $PORT instead of ${port}`
}

function partProblems(
  part: Part,
  at: string,
  { isContainer, mounts, home }: Abilities & { isContainer: boolean },
): FieldProblem[] {
  const found: FieldProblem[] = []
  const saysNothing = part.entry_point === null && part.command === null
  if (saysNothing && !isContainer) {
    found.push(
      error(
        [`${at}command`, `${at}image`],
        'a command is needed: an image of the local engine has none of its own',
        'say what runs under `command`',
      ),
    )
  } else if (saysNothing && (part.pre_start ?? null) !== null) {
    found.push(
      error(
        [`${at}pre_start`, `${at}command`],
        'a command is needed: what runs after pre_start cannot be taken from the image',
        'say it under `command`',
      ),
    )
  }
  for (const [name, reference] of Object.entries(part.secrets)) {
    if (reference === 'gantry') continue
    found.push(
      error(
        [`${at}secrets.${name}`],
        `${name} is kept in AWS, which the local engine does not read`,
        `write \`${name}: gantry\` and set it with \`gantry env set ${name} --secret\``,
      ),
    )
  }
  const paths = Object.keys(part.mounts)
  if (isContainer || paths.length === 0) return found
  if (!mounts) return [...found, error([`${at}mounts`], NO_MOUNTS, ALLOW_MOUNTS)]
  return [...found, ...paths.filter((path) => isAbsolute(path)).map((path) => outsideProblem(at, path, home))]
}

/** A tree has no root of its own: what is mounted outside of it is laid over this machine's, for these instances alone. */
function outsideProblem(at: string, path: string, home: string): FieldProblem {
  const field = `${at}mounts.${path}`
  return home === path || home.startsWith(`${path.replace(/\/$/, '')}/`)
    ? error([field], `a mount over ${path} would hide the app itself`, 'mount something below it')
    : warning(
        [field],
        `there must be a folder ${path} on this machine: it is replaced for these instances alone`,
      )
}

/** What the containers take is a part of what the instance has. */
function sizeProblems({ containers, ...process }: Process | ProcessSpec): FieldProblem[] {
  return (['memory', 'cpu'] as const).flatMap((field) => {
    const taken = Object.values(containers).reduce((sum, each) => sum + (each[field] ?? 0), 0)
    if (taken < process[field]) return []
    const text = `the containers beside it leave nothing of its ${field} to the process itself`
    return error([field], text, `give the process more ${field}, or its containers less`)
  })
}

/** Every folder of a source lies beside the others, where no app can put a link in its way. */
function nestedProblems({ mounts, containers }: Process | ProcessSpec): FieldProblem[] {
  const all = [mounts, ...Object.values(containers).map((each) => each.mounts)].flatMap(Object.values<Mount>)
  const outer = all.find((a) =>
    all.some((b) => a.source === b.source && isInside(b.source_path, a.source_path)),
  )
  if (outer === undefined) return []
  const folder = outer.source_path === '' ? `all of ${outer.source}` : `${outer.source} ${outer.source_path}`
  return [
    warning(
      ['mounts'],
      `${folder} has nothing of what the other mounts keep inside of it: each source_path is a folder of its own on the local engine`,
    ),
  ]
}

function isInside(path: string, folder: string): boolean {
  return path !== folder && (folder === '' || path.startsWith(`${folder}/`))
}

function isContainerImage(image: string | Image | null): boolean {
  if (image === null) return false
  if (typeof image === 'string') return !OWN_PIN.test(image)
  return image.kind === 'pinned' && !OWN_PIN.test(image.reference)
}

/** The fields that ask for autoscaling. */
function scalingFields(process: Process | ProcessSpec): string[] {
  const thresholds = ['autoscaling_cpu_threshold', 'autoscaling_memory_threshold'] as const
  return [
    ...(process.scale_type === 'none' ? [] : ['scale_type']),
    ...(process.scale_count === 0 ? [] : ['scale_count']),
    ...thresholds.filter((each) => process[each] !== null),
  ]
}

function warning(fields: FieldProblem['fields'], message: string): FieldProblem {
  return { severity: 'warning', fields, message }
}

function error(fields: FieldProblem['fields'], message: string, hint: string): FieldProblem {
  return { severity: 'error', fields, message, hint }
}
