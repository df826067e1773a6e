import type { App, Build, Container } from '../../app/app.ts'
import { looksSecret } from '../secret-like.ts'

/** Where a value was that is not copied: the path in the app of the map that had it. */
export interface LeftOutSecret {
  path: readonly string[]
  name: string
  /** Only to compare: never shown. */
  value: string
  /** `variable`: it is a reference to `gantry` now. `argument`: it is gone, as images show build arguments. */
  kind: 'variable' | 'argument'
}

interface Owner {
  env: Record<string, string>
  secrets: Record<string, string>
}

/**
 * The app without values that look like secrets. Other systems keep them among plain variables, where somebody who
 * commits a new file would copy them once more: variables become references to what is set by hand.
 */
export function withoutSecrets(app: App): { app: App; secrets: LeftOutSecret[] } {
  const secrets: LeftOutSecret[] = []
  const build = (own: Build, path: readonly string[]): Build => {
    const { plain, secret } = divide(own.args)
    const found = { path: [...path, 'build', 'args'], kind: 'argument' } as const
    secrets.push(...secret.map(([name, value]) => ({ ...found, name, value })))
    return { ...own, args: plain }
  }
  const variables = <Of extends Owner>(owner: Of, path: readonly string[]): Of => {
    const { plain, secret } = divide(owner.env)
    const found = { path: [...path, 'env'], kind: 'variable' } as const
    secrets.push(...secret.map(([name, value]) => ({ ...found, name, value })))
    const references = Object.fromEntries(secret.map(([name]) => [name, 'gantry']))
    return { ...owner, env: plain, secrets: { ...owner.secrets, ...references } }
  }
  const component = <Of extends Owner & { build: Build }>(each: Of, path: readonly string[]): Of => ({
    ...variables(each, path),
    build: build(each.build, path),
  })
  const container = (each: Container, path: readonly string[]): Container => ({
    ...variables(each, path),
    build: each.build && build(each.build, path),
  })
  const without: App = {
    ...component(app, []),
    processes: app.processes.map((each) => {
      const path = ['processes', each.name]
      const containers = Object.entries(each.containers).map(([name, own]) => [
        name,
        container(own, [...path, 'containers', name]),
      ])
      return { ...component(each, path), containers: Object.fromEntries(containers) }
    }),
    tasks: app.tasks.map((each) => component(each, ['tasks', each.name])),
  }
  return { app: without, secrets }
}

/** The app with a reference for each of these variables, wherever it has no value. */
export function withReferences(app: App, names: readonly string[]): App {
  const components = [...app.processes, ...app.tasks]
  const refer = <Of extends Owner>(owner: Of, some: readonly string[]): Of => {
    const missing = some.filter((name) => !(name in owner.env) && !(name in owner.secrets))
    const references = Object.fromEntries(missing.map((name) => [name, 'gantry']))
    return { ...owner, secrets: { ...owner.secrets, ...references } }
  }
  // What all inherit as a secret, none could have as a plain value.
  const shared = names.filter((name) => !components.some(({ env }) => name in env))
  return {
    ...refer(app, shared),
    processes: app.processes.map((each) => refer(each, names)),
    tasks: app.tasks.map((each) => refer(each, names)),
  }
}

type Variables = [name: string, value: string][]

function divide(values: Readonly<Record<string, string>>): {
  plain: Record<string, string>
  secret: Variables
} {
  const { plain = [], secret = [] } = Object.groupBy(Object.entries(values), ([name, value]) =>
    looksSecret(name, value) ? 'secret' : 'plain',
  )
  return { plain: Object.fromEntries(plain), secret }
}
