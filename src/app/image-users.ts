import type { App, Build } from './app.ts'

/** A part of an app that says itself which image it runs. */
export interface ImageUser {
  /** `process:web`, `process:web/proxy` for a container beside it, `task:migrate`. */
  id: string
  /** As people call it: `web`, `web/proxy`, `task migrate`. */
  name: string
  /** Where the config says it: `processes.web.containers.proxy`. */
  path: string
  /** The pinned image; null: it is built. */
  image: string | null
  build: Build
}

/** Every process, every container with an image of its own, every task, in the order of the config. */
export function imageUsers({ processes, tasks }: Pick<App, 'processes' | 'tasks'>): ImageUser[] {
  return [
    ...processes.flatMap((each) => [
      user(`process:${each.name}`, each.name, `processes.${each.name}`, each),
      ...Object.entries(each.containers).flatMap(([name, { image, build }]) => {
        if (image === null && build === null) return []
        const path = `processes.${each.name}.containers.${name}`
        return user(containerId(each.name, name), `${each.name}/${name}`, path, {
          image,
          build: build ?? each.build,
        })
      }),
    ]),
    ...tasks.map((each) => user(`task:${each.name}`, `task ${each.name}`, `tasks.${each.name}`, each)),
  ]
}

/** `process:web/proxy`. */
export function containerId(process: string, container: string): string {
  return `process:${process}/${container}`
}

function user(
  id: string,
  name: string,
  path: string,
  { image, build }: Pick<ImageUser, 'image' | 'build'>,
): ImageUser {
  return { id, name, path, image, build }
}
