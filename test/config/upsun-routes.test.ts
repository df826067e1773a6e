import { describe, expect, test } from 'vitest'

import { placedProblemsOf, processOf, read } from './files.ts'

const APP = 'type: go:1.23\nweb: {commands: {start: serve}}'
const upsun = (routes: string) => ({
  '.upsun/config.yaml': `applications: {shop: {type: "go:1.23", web: {commands: {start: serve}}}}\nroutes:\n${routes}`,
})

describe('a route that leads elsewhere', () => {
  test.each(['redirect', 'proxy'])('must say where to: %s', async (type) => {
    expect(await placedProblemsOf(upsun(`  "https://{default}/": {type: ${type}}`))).toContain(
      `.upsun/config.yaml:3:3 A route with \`type: ${type}\` must have \`to\``,
    )
  })

  test.each(['redirect', 'proxy'])('is told of, with what to do: %s', async (type) => {
    const { keys } = await read(upsun(`  "https://{default}/": {type: ${type}, to: "https://example.com/"}`))
    expect(keys.find(({ path }) => path.startsWith('routes['))).toMatchObject({
      fate: 'unsupported',
      text: 'Gantry redirects nothing, and passes nothing on to other addresses',
      hint: 'Let the proxy or load balancer in front do it.',
    })
  })
})

test('a route asks for nothing with what is not enabled', async () => {
  const route = (enabled: boolean) =>
    `{type: upstream, upstream: "shop:http", cache: {enabled: ${enabled}, default_ttl: 5}, ssi: {enabled: ${enabled}}, sticky: {enabled: ${enabled}}}`
  const { warnings } = await read(
    upsun(
      `  "https://off/": ${route(false)}\n  "https://on/": ${route(true)}\n  "https://to/": {type: redirect, to: "https://on/", ssi: {enabled: false}}`,
    ),
  )
  const told = warnings.flatMap(({ path }) => (path?.startsWith('routes') ? [path] : []))
  expect(told.filter((path) => /\.(?:cache|ssi|sticky)$/.test(path))).toEqual([
    'routes["https://on/"].cache',
    'routes["https://on/"].ssi',
    'routes["https://on/"].sticky',
  ])
})

describe('several .platform.app.yaml, of which one is read', () => {
  const files = (upstream: string, relationships = '') => ({
    'a/.platform.app.yaml': `name: a\n${APP}${relationships}`,
    'b/.platform.app.yaml': `name: b\n${APP}`,
    '.platform/services.yaml': 'db: {type: "mariadb:11"}',
    '.platform/routes.yaml': `"https://{default}/": {type: upstream, upstream: "a:http"}\n"https://b.{default}/": {type: upstream, upstream: "${upstream}:http"}`,
  })
  const config = 'a/.platform.app.yaml'

  test('may have routes and relationships to the others', async () => {
    const { app, keys } = await read(files('b', '\nrelationships: {api: "b:http", b: }'), { config })
    expect(app.build.context).toBe('a')
    expect(processOf(app, 'web').expose).toBe('public')
    expect(keys.find(({ path }) => path.includes('b.{default}'))).toMatchObject({
      fate: 'unsupported',
      text: '"b" is no app or service of the files that are read',
      hint: 'Another app is deployed by itself. Did you mean "a"?',
    })
    expect((await read(files('billing'), { config })).keys.at(-1)?.hint).toBe(
      'Another app is deployed by itself.',
    )
  })

  test('have services that are known all the same', async () => {
    expect(await placedProblemsOf(files('a', '\nrelationships: {db: "dbb:mysql"}'), { config })).toContain(
      'a/.platform.app.yaml:4:17 There is no service "dbb"',
    )
  })

  test('are all known where .platform/applications.yaml describes them', async () => {
    expect(
      await placedProblemsOf({
        '.platform/applications.yaml': `a: {type: "go:1.23", web: {commands: {start: serve}}}`,
        '.platform/routes.yaml': '"https://{default}/": {type: upstream, upstream: "b:http"}',
      }),
    ).toContain('.platform/routes.yaml:1:50 There is no app or service "b"')
  })
})

test('an app of .platform/applications.yaml is named by its key', async () => {
  const { keys } = await read({
    '.platform/applications.yaml': 'web1: {name: other, type: "go:1.23", web: {commands: {start: serve}}}',
  })
  expect(keys.find(({ path }) => path === 'web1.name')).toMatchObject({
    fate: 'unsupported',
    text: 'the key above it names the app: "web1"',
  })
})
