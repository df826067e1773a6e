import type { Process, Task } from '../app/app.ts'
import type { Image } from '../app/image.ts'
import type { OwnedFields, ProcessSpec, TaskSpec } from '../app/spec.ts'
import { unshadowed, type Versions } from './variables.ts'

/** A process as the config describes it, apart from what it runs. */
export type ProcessFields = Omit<Process, 'image' | 'build'>

/** The config's fields, the operator's laid over them, and the variables over both. */
export function specOfProcess(
  says: ProcessFields,
  layers: { owned: OwnedFields; image: Image; variables: Versions; restarts: number },
): ProcessSpec {
  const { image: _pin, ...owned } = layers.owned
  return {
    ...says,
    ...owned,
    ...unshadowed(says, layers.variables),
    image: layers.image,
    variables: layers.variables,
    restarts: layers.restarts,
  }
}

export function specOfTask(task: Task, image: Image, variables: Versions): TaskSpec {
  const { image: _image, build: _build, ...says } = task
  return { ...says, ...unshadowed(task, variables), image, variables }
}

export function fieldsOfProcess(process: Process): ProcessFields {
  const { image: _image, build: _build, ...says } = process
  return says
}

export function fieldsOfSpec(spec: ProcessSpec): ProcessFields {
  const { image: _image, variables: _variables, restarts: _restarts, ...says } = spec
  return says
}
