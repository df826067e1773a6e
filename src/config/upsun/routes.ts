import { suggest } from '../suggest.ts'
import { quote } from '../text.ts'
import { child, derived, entriesOf, isEmpty, placeOf, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import type { AppContext } from './context.ts'
import { PROXY_HINT } from './sentences.ts'

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
    if (textAt(route, 'type') !== 'upstream') {
      reading.keys.change(route, 'unsupported', 'Gantry redirects nothing', PROXY_HINT)
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

/** The app or service that a route leads to: `app:http`. */
function upstreamOf(route: Value, { project, reading }: AppContext): string {
  const upstream = child(route, 'upstream')
  const target = (textAt(route, 'upstream') ?? '').split(':')[0]!
  const { apps, services } = project
  const place = upstream === undefined ? (route.key ?? placeOf(route)) : placeOf(upstream)
  if (upstream === undefined) {
    reading.error('A route with `type: upstream` must have an upstream', {
      place,
      hint: 'Write `upstream: APP:http`.',
    })
  } else if (!apps.has(target) && (services === undefined || child(services, target) === undefined)) {
    const meant = suggest(target, [...apps.keys()])
    reading.error(`There is no app or service ${quote(target)}`, {
      place,
      hint: meant === null ? 'An upstream is `APP:http`.' : `Did you mean ${quote(meant)}?`,
    })
  }
  return target
}
