import type { Place } from '../../app/errors.ts'
import type { KeyUse } from '../catalogue/catalogue.ts'
import type { ResolvedConfig } from '../read.ts'
import { printable } from '../text.ts'
import { common, onePerPath, Places } from './write-places.ts'
import type { Found } from './write-places.ts'
import type { Note } from './write.ts'

const FATE = { approximated: 'approximated', unsupported: 'not supported' } as const

/** A key that is not honoured, and where in the app it is told. */
interface Lost extends Found {
  use: KeyUse & { fate: keyof typeof FATE }
  environment: string | undefined
}

/** What to say about keys of the source that are lost or different, in any environment, and what to do. */
export function keyNotes(configs: readonly ResolvedConfig[]): Note[] {
  const lost = configs.flatMap(lostKeys)
  const placed = [...Map.groupBy(lost, ({ use }) => idOf(use)).values()].flatMap(placedOnce)
  const alike = Map.groupBy(placed, ({ path, environment, use: { fate, text, hint } }) =>
    JSON.stringify([path, environment, fate, text, hint]),
  )
  // The same is often to be said of several keys that have one place here.
  return [...alike.values()].map((all): Note => {
    const [{ path, environment, use }] = all as [Lost]
    const named = all.map((each) => `${placeText(each.use.place)} ${each.use.path}`).join(', ')
    const message = `${named} ${all.length === 1 ? 'is' : 'are'} ${FATE[use.fate]}: ${use.text}`
    return { path, environment, text: withHint(message, use.hint) }
  })
}

function lostKeys(config: ResolvedConfig): Lost[] {
  const places = new Places(config)
  return config.keys.flatMap((use): Lost[] => {
    const { fate, path, awaits } = use
    if (fate === 'honoured') return []
    const found = awaits === undefined ? places.of(path) : { path: ['secrets', awaits.name], isExact: true }
    return [{ ...found, use: { ...use, fate }, environment: config.app.environment }]
  })
}

function idOf({ path, place, fate, text }: KeyUse): string {
  return JSON.stringify([path, placeText(place), fate, text])
}

/**
 * Where a key is told that was met in several environments: at each thing that it made, else once at what is around all
 * that stands near it.
 */
function placedOnce(all: Lost[]): Lost[] {
  const exact = all.filter(({ isExact }) => isExact)
  if (exact.length > 0) return onePerPath(exact)
  const [first, ...others] = all as [Lost, ...Lost[]]
  const path = others.reduce((near, each) => common(near, each.path), first.path)
  return [{ ...first, path, environment: others.length === 0 ? first.environment : undefined }]
}

export function withHint(message: string, hint: string | undefined): string {
  if (hint === undefined) return message
  return `${/[.!?]$/.test(message) ? message : `${message}.`} ${hint}`
}

export function placeText({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${printable(file)}:${line}`
}
