import { approximated, descriptive, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { Catalogue, KeyRule, Section } from '../catalogue/catalogue.ts'
import { appSection } from './app-keys.ts'
import { Flag, Line, Nothing, RouteType, Text } from './rules.ts'
import {
  ELSEWHERE_HINT,
  ELSEWHERE_TEXT,
  PROXY_HINT,
  PROXY_TEXT,
  SERVICE_HINT,
  SERVICE_TEXT,
} from './sentences.ts'

const inFront = (): KeyRule => unsupported(PROXY_TEXT, PROXY_HINT)

const ROUTE: Section = {
  title: 'A route',
  keys: {
    type: honoured('`upstream`: requests reach the app', { value: RouteType, required: true }),
    upstream: honoured('the app that is public', { value: Line }),
    to: unsupported(ELSEWHERE_TEXT, ELSEWHERE_HINT),
    primary: descriptive({ value: Flag.nullable() }),
    id: descriptive({ value: Text.nullable() }),
    attributes: descriptive(),
    redirects: inFront(),
    tls: inFront(),
    cache: inFront(),
    ssi: inFront(),
    sticky: inFront(),
  },
}
const ROUTE_RULE = approximated(
  '`expose: public` for `web` of the app that it leads to; the address is that of the engine or load balancer',
  { hint: 'Let its name lead there, in the DNS or in the proxy in front.', section: ROUTE },
)
const SERVICE_RULE = unsupported(SERVICE_TEXT, SERVICE_HINT, { rows: 'UP-21' })

export const UPSUN_KEYS: Catalogue = {
  system: 'Upsun',
  unknown: 'error',
  root: {
    title: 'The files of `.upsun`',
    keys: {
      applications: honoured('the apps by name', { required: true }),
      'applications.*': honoured('an app; `module:` in gantry.yml says which one is deployed', {
        section: appSection('Upsun', {}),
      }),
      services: honoured('as said of each', { value: Nothing }),
      'services.*': SERVICE_RULE,
      routes: honoured('as said of each', { value: Nothing }),
      'routes.*': ROUTE_RULE,
      '*': unsupported(
        'Upsun has no such key; what is taken from its anchors has its values all the same',
        'Leave it where it only holds anchors. Known are applications, services and routes.',
      ),
    },
  },
}

const FIXED_APP = appSection('Platform.sh', {
  name: honoured('what `module:` in gantry.yml names', { value: Line }),
})

/** `.platform.app.yaml`: one app. */
export const PLATFORM_APP: Catalogue = {
  system: 'Platform.sh',
  unknown: 'error',
  root: {
    title: '`.platform.app.yaml`',
    keys: { ...FIXED_APP.keys, name: { ...FIXED_APP.keys['name']!, required: true } },
  },
}

/** `.platform/applications.yaml`: the apps by name. */
export const PLATFORM_APPS: Catalogue = {
  system: 'Platform.sh',
  unknown: 'error',
  root: {
    title: '`.platform/applications.yaml`',
    keys: {
      '*': honoured('an app; `module:` in gantry.yml says which one is deployed', { section: FIXED_APP }),
    },
  },
}

export const PLATFORM_SERVICES: Catalogue = {
  system: 'Platform.sh',
  unknown: 'error',
  root: { title: '`.platform/services.yaml`', keys: { '*': SERVICE_RULE } },
}

export const PLATFORM_ROUTES: Catalogue = {
  system: 'Platform.sh',
  unknown: 'error',
  root: { title: '`.platform/routes.yaml`', keys: { '*': ROUTE_RULE } },
}
