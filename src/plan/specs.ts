import type { Container, Process, Task } from '../app/app.ts'
import type { Image } from '../app/image.ts'
import { containerId } from '../app/image-users.ts'
import type { ContainerSpec, OwnedFields, ProcessSpec, TaskSpec } from '../app/spec.ts'
import { withoutUnmet } from '../app/unmet.ts'
import type { UnmetOfProcess } from '../app/unmet.ts'
import { imageOf } from './images.ts'
import { unshadowed, type Versions } from './variables.ts'

/** A process as the config describes it, apart from what it runs. */
export interface ProcessFields extends Omit<
  Process,
  'image' | 'build' | 'containers' | keyof UnmetOfProcess
> {
  containers: Record<string, ContainerFields>
}

/** Without an image of its own it runs in that of the process. */
export type ContainerFields = Omit<ContainerSpec, 'image'> & { image: Image | null }

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
    containers: mapped(says.containers, (each) => ({ ...each, image: each.image ?? layers.image })),
    variables: layers.variables,
    restarts: layers.restarts,
  }
}

export function specOfTask(task: Task, image: Image, variables: Versions): TaskSpec {
  const { image: _image, build: _build, ...says } = withoutUnmet(task)
  return { ...says, ...unshadowed(task, variables), image, variables }
}

/** @param images the image of every component that has one of its own */
export function fieldsOfProcess(process: Process, images: ReadonlyMap<string, Image>): ProcessFields {
  const { image: _image, build: _build, ...says } = withoutUnmet(process)
  return {
    ...says,
    containers: mapped(process.containers, (container, name) => {
      const { image, build, ...rest } = container
      return {
        ...rest,
        image: hasOwnImage({ image, build }) ? imageOf(images, containerId(process.name, name)) : null,
      }
    }),
  }
}

function hasOwnImage({ image, build }: Pick<Container, 'image' | 'build'>): boolean {
  return image !== null || build !== null
}

function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
}

export function fieldsOfSpec(spec: ProcessSpec): ProcessFields {
  const { image: _image, variables: _variables, restarts: _restarts, ...says } = spec
  return says
}
