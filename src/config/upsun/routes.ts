import type { Reading } from '../reading.ts'
import { suggest } from '../suggest.ts'
import { quote } from '../text.ts'
import { child, derived, entriesOf, isEmpty, placeOf, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import type { AppContext } from './context.ts'
import { ELSEWHERE_HINT, ELSEWHERE_TEXT } from './sentences.ts'

/**
 * Makes `web` private where the project has routes and none of them leads to the app, by itself or through a service such
 * as a cache. Without any routes the systems make one.
 */
export function addRoutes(hasWeb: boolean, context: AppContext): void {
  const { draft, project, reading, name } = context
  const { apps, routes, services } = project
  if (routes === undefined || isEmpty(routes)) return
  let isReached = false
  for (const [, route] of entriesOf(routes)) {
    tellOff(route, reading)
    const type = textAt(route, 'type')
    if (type !== 'upstream') {
      tellElsewhere(route, type!, reading)
      continue
    }
    const target = upstreamOf(route, context)
    if (target === name || child(services, target) !== undefined) isReached = true
    else if (apps.has(target)) {
      reading.keys.change(route, 'honoured', 'it leads to another app, which is deployed by itself')
    }
  }
  if (!hasWeb || isReached || entriesOf(routes).length === 0) return
  draft.set(['processes', 'web', 'expose'], derived('private', routes))
}

/** What the proxy in front could do, and is not to do. */
function tellOff(route: Value, reading: Reading): void {
  for (const key of ['cache', 'ssi', 'sticky']) {
    const feature = child(route, key)
    const enabled = child(feature, 'enabled')
    if (feature === undefined || enabled?.kind !== 'scalar' || enabled.value !== false) continue
    reading.keys.change(feature, 'honoured', 'nothing is asked for')
  }
}

function tellElsewhere(route: Value, type: string, reading: Reading): void {
  if ((textAt(route, 'to') ?? '').trim() === '') {
    reading.error(`A route with \`type: ${type}\` must have \`to\``, {
      place: route.key ?? placeOf(route),
      hint: 'Write `to: https://example.com/`.',
    })
    return
  }
  reading.keys.change(route, 'unsupported', ELSEWHERE_TEXT, ELSEWHERE_HINT)
}

/** The app or service that a route leads to: `app:http`. */
function upstreamOf(route: Value, context: AppContext): string {
  const { project, reading } = context
  const target = (textAt(route, 'upstream') ?? '').split(':')[0]!
  const { apps, services } = project
  if (child(route, 'upstream') === undefined) {
    reading.error('A route with `type: upstream` must have an upstream', {
      place: route.key ?? placeOf(route),
      hint: 'Write `upstream: APP:http`.',
    })
  } else if (!apps.has(target) && child(services, target) === undefined) tellUnknown(route, target, context)
  return target
}

/** Refuses what is no app and no service; where not all apps are known, it may be another one. */
function tellUnknown(route: Value, target: string, { project, reading }: AppContext): void {
  const { apps, isWhole } = project
  const meant = suggest(target, [...apps.keys()])
  const guess = meant === null ? null : `Did you mean ${quote(meant)}?`
  if (isWhole) {
    reading.error(`There is no app or service ${quote(target)}`, {
      place: placeOf(child(route, 'upstream')!),
      hint: guess ?? 'An upstream is `APP:http`.',
    })
    return
  }
  const hint = ['Another app is deployed by itself.', ...(guess === null ? [] : [guess])].join(' ')
  const why = `${quote(target)} is no app or service of the files that are read`
  reading.keys.change(route, 'unsupported', why, hint)
}
