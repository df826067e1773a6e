import type { App } from '../../app/app.ts'
import { sayApp, sharedSettings } from './write-app.ts'
import { layer } from './write-environments.ts'
import { isMap, pathKey, writeYaml } from './write-yaml.ts'
import type { Plain, PlainMap } from './write-yaml.ts'

/** Something to tell whoever reads the file. */
export interface Note {
  /** What it is about, by its path in the app; where nothing stands there, it goes to what is around that, or on top. */
  path: readonly string[]
  /** Of which environment alone it is true. */
  environment?: string | undefined
  text: string
  /** A placeholder stands there, and somebody has to replace it. */
  isOpen?: true
}

export interface WriteOptions {
  /** The app in each of its environments, `default` first. Name and engine are the same in all. */
  apps: readonly [App, ...App[]]
  /** Whether the file says the app's name: it is not that of the repository. */
  isNamed: boolean
  /** Said on top of the file, a line each. */
  header?: readonly string[]
  notes?: readonly Note[]
}

/** The order of the top level, as in the documentation. */
const ORDER = [
  'app',
  'engine',
  'ecs',
  'logs',
  'build',
  'env',
  'secrets',
  'defaults',
  'processes',
  'tasks',
  'environments',
]
/** What processes and tasks inherit. */
const INHERITED = new Set(['defaults', 'env', 'secrets', 'build'])
const COMMENT_WIDTH = 100
/** Comments beyond these would make the file longer than one that is read. */
const MOST_NOTES = 200

/**
 * Writes a gantry.yml that is read as these apps, as a person would write it: without what is default, with what
 * components share said once, and with an overlay for each environment.
 */
export function writeGantryYml({ apps, isNamed, header = [], notes = [] }: WriteOptions): string {
  const config = configOf(apps, isNamed)
  const comments = new Map<string, string[]>()
  const top: string[] = []
  const told = new Set<string>()
  for (const { text, ...about } of notes.slice(0, MOST_NOTES)) {
    const path = placeIn(config, about)
    if (told.has(pathKey([text, ...path]))) continue
    told.add(pathKey([text, ...path]))
    if (path.length === 0) top.push(...wrapped(text))
    else comments.set(pathKey(path), [...(comments.get(pathKey(path)) ?? []), ...wrapped(text)])
  }
  if (notes.length > MOST_NOTES) top.push(`And ${notes.length - MOST_NOTES} more notes.`)
  return writeYaml(config, comments, [...header, ...(top.length > 0 ? ['', ...top] : [])])
}

function configOf(apps: WriteOptions['apps'], isNamed: boolean): PlainMap {
  const shared = sharedSettings(apps)
  const { base, overlays } = layer(apps.map((app) => sayApp(app, { isNamed, shared })))
  // `default` is always there; the others only where they are named.
  const environments = apps.flatMap(({ environment }, index): [string, Plain][] =>
    environment === 'default' && overlays[index]!.size === 0
      ? []
      : [[environment, inOrder(overlays[index]!)]],
  )
  return inOrder(
    environments.length === 0 ? base : new Map([...base, ['environments', new Map(environments)]]),
  )
}

function inOrder(config: PlainMap): PlainMap {
  return new Map([...config].toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b)))
}

/** The path in the file of what stands nearest to a path in the app. */
function placeIn(config: PlainMap, { path, environment }: Omit<Note, 'text'>): readonly string[] {
  const inOverlay = environment === undefined ? [] : ['environments', environment, ...path]
  if (inOverlay.length > 2 && isThere(config, inOverlay)) return inOverlay
  const inDefaults = ['defaults', ...path.slice(2, 3)]
  if (path.length > 2 && isThere(config, inDefaults) && !isThere(config, path.slice(0, 3))) return inDefaults
  const own = path[0] !== undefined && INHERITED.has(path[0]) ? ownerOf(config, path) : null
  if (own !== null) return placeIn(config, { path: own })
  const length = path.findLastIndex((_, index) => isThere(config, path.slice(0, index + 1))) + 1
  // What is to be said about one process does not belong above all of them.
  const isApart = length === 1 && path.length > 1 && ['processes', 'tasks'].includes(path[0]!)
  return isApart ? [] : path.slice(0, length)
}

/** What is not written where components inherit it, but at the first of them that has it. */
function ownerOf(config: PlainMap, path: readonly string[]): readonly string[] | null {
  const key = path[0] === 'defaults' ? path.slice(1) : path
  if (key.length === 0 || isThere(config, path.slice(0, path[0] === 'defaults' ? 2 : 1))) return null
  const all = ['processes', 'tasks'].flatMap((kind) => {
    const members = config.get(kind)
    return isMap(members) ? [...members.keys()].map((name) => [kind, name, ...key]) : []
  })
  return all.find((each) => isThere(config, each.slice(0, 3))) ?? null
}

function isThere(config: PlainMap, path: readonly string[]): boolean {
  let at: Plain | undefined = config
  for (const key of path) at = isMap(at) ? at.get(key) : undefined
  return at !== undefined
}

function wrapped(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < COMMENT_WIDTH)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
