import type { AppId } from '../../app/app.ts'
import { containerId } from '../../app/image-users.ts'
import { sameImage } from '../../app/image.ts'
import type { ContainerSpec, ProcessSpec } from '../../app/spec.ts'
import type { ImageIo } from '../engine.ts'
import type { Workplaces } from './crew.ts'
import type { Host } from './host.ts'
import type { Images } from './images.ts'
import { Workplace } from './workplace.ts'

interface Wanted {
  app: AppId
  spec: ProcessSpec
  io: ImageIo
}

/** Gets every image that an instance runs. Rejects when one cannot be had. */
export async function openWorkplaces(
  host: Host,
  images: Images,
  { app, spec, io }: Wanted,
): Promise<Workplaces> {
  const image = await images.fetch(app, `process:${spec.name}`, spec.image, io)
  const beside = new Map<string, Workplace>()
  for (const [name, container] of Object.entries(spec.containers)) {
    const own = sameImage(container.image, spec.image)
      ? image
      : await images.fetch(app, containerId(spec.name, name), container.image, io)
    beside.set(name, new Workplace(host, app, `${spec.name}/${name}`, own, variablesOf(container, spec)))
  }
  return { main: new Workplace(host, app, spec.name, image, spec.variables), beside }
}

/** The versions of the variables that a container asks for: no others reach it. */
export function variablesOf(
  { secrets }: Pick<ContainerSpec, 'secrets'>,
  { variables }: Pick<ProcessSpec, 'variables'>,
): Record<string, number> {
  const wanted = Object.entries(variables).filter(
    ([name]) => Object.hasOwn(secrets, name) && secrets[name] === 'gantry',
  )
  return Object.fromEntries(wanted)
}
