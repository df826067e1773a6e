import type { App, EcsSettings } from '../app/app.ts'

/** What whoever deploys lays over the config of a commit. */
export interface Overrides {
  ecs: Partial<EcsSettings>
  /** An image that is there already, for every component that would be built; null: they are built. */
  image: string | null
}

/** The app with the overrides laid over it. What the config pins stays pinned. */
export function layOver(app: App, { ecs, image }: Overrides): App {
  const pinned = <Component extends { image: string | null }>(component: Component): Component => ({
    ...component,
    image: component.image ?? image,
  })
  return {
    ...app,
    ecs: { ...app.ecs, ...ecs },
    processes: app.processes.map(pinned),
    tasks: app.tasks.map(pinned),
  }
}
