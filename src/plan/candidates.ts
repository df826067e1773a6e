import type { App, Process } from '../app/app.ts'
import type { Image } from '../app/image.ts'
import type { ProcessState } from '../app/spec.ts'
import { defaultImage, imageOf } from './images.ts'
import { defaultProcess, underOperator } from './operator-process.ts'
import type { Operation } from './ownership.ts'
import { fieldsOfProcess, type ProcessFields } from './specs.ts'

/** A process that is to exist, before the operator's fields are laid over it. */
export interface Candidate {
  name: string
  /** What the config says; null where it does not name the process. */
  says: Process | null
  /** What lies under the operator's fields. */
  under: ProcessFields
  /** What it runs unless an operator pinned another one; null when nothing can be found for it. */
  image: Image | null
  before: ProcessState | null
}

/** Which processes are to exist: those of the config, those that operators made, and those that one makes now. */
export function candidatesOf(
  app: App,
  images: ReadonlyMap<string, Image>,
  others: readonly ProcessState[],
  running: ReadonlyMap<string, ProcessState>,
  operate: readonly Operation[],
): Candidate[] {
  const image = lazily(() => defaultImage(app, images))
  const configured = app.processes.map((says) => ({
    name: says.name,
    says,
    under: fieldsOfProcess(says, images),
    image: imageOf(images, `process:${says.name}`),
    before: running.get(says.name) ?? null,
  }))
  const kept = others.map((before) => ({
    name: before.spec.name,
    says: null,
    under: underOperator(before, app),
    image: (before.origin === 'operator' ? image() : null) ?? before.spec.image,
    before,
  }))
  const known = new Set([...configured, ...kept].map((each) => each.name))
  const made = new Set(
    operate.filter((each) => each.create && !known.has(each.process)).map((each) => each.process),
  )
  const created = [...made].map((name) => ({
    name,
    says: null,
    under: defaultProcess(name, app),
    image: image(),
    before: null,
  }))
  return [...configured, ...kept, ...created]
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
