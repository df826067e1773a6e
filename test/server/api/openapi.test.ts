import { expect, test } from 'vitest'

import { routerOf } from '../../../src/server/api/api.ts'
import { openApi } from '../../../src/server/api/openapi.ts'
import { ROUTES } from '../../../src/server/api/routes.ts'
import type { Context } from '../../../src/server/context.ts'
import { Document, readerOf, referencesIn, resolve } from './document.ts'

const document = openApi(ROUTES, '1.2.3')

/** What express would do, as it has it itself: no route is called, so there is no server. */
function routed(): string[] {
  const { stack } = routerOf({} as Context)
  return stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : [
          ...new Set(
            route.stack.map(({ method }) => `${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`),
          ),
        ],
  )
}

function described(): string[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method,
    operation: Document.shape.paths.valueType.parse({ [method]: operation })[method as 'get']!,
  })),
)

test('the routes that express has are those that the document has', () => {
  expect(described().sort()).toEqual(routed().sort())
  expect(described().length).toBeGreaterThan(30)
})

test('the document is one of OpenAPI 3.1', () => {
  expect(Document.safeParse(document).error?.issues ?? []).toEqual([])
})

test('everything that is referred to is there, and every schema can be read', () => {
  for (const reference of referencesIn(document))
    expect(resolve(document, reference), reference).toBeDefined()
  for (const name of Object.keys(document.components.schemas)) {
    expect(() => readerOf(document, { $ref: `#/components/schemas/${name}` }), name).not.toThrow()
  }
})

test('operations have ids of their own, tags and schemes that are declared, and all parameters of their paths', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(ids).toEqual([...new Set(ids)])
  const tags = document.tags.map(({ name }) => name)
  for (const { path, operation } of operations) {
    expect(tags).toEqual(expect.arrayContaining(operation.tags))
    for (const way of operation.security) {
      expect(document.components.securitySchemes).toMatchObject(
        Object.fromEntries(Object.keys(way).map((name) => [name, { type: 'http' }])),
      )
    }
    const inPath = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name)
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    const keys = operation.parameters.map((each) => `${each.in} ${each.name}`)
    expect(keys).toEqual([...new Set(keys)])
  }
})

test('what changes something by POST takes an Idempotency-Key, and streams that go on a Last-Event-ID', () => {
  const withHeader = (name: string): string[] =>
    operations
      .filter(({ operation }) => operation.parameters.some((each) => each.name === name))
      .map(({ operation }) => operation.operationId)
  expect(withHeader('Idempotency-Key').sort()).toEqual(
    ROUTES.filter(({ method, changes }) => method === 'post' && changes)
      .map(({ id }) => id)
      .sort(),
  )
  expect(withHeader('Last-Event-ID').sort()).toEqual(['deployment.events', 'log.read', 'task.logs'])
})

test('lists that grow come in pages', () => {
  const paged = operations.filter(({ operation }) =>
    operation.parameters.some(({ name }) => name === 'cursor'),
  )
  expect(paged.map(({ operation }) => operation.operationId).sort()).toEqual([
    'audit.app',
    'audit.list',
    'deployment.list',
    'release.list',
    'task.list',
  ])
  for (const { operation } of paged) expect(operation.responses['200']).toHaveProperty('headers.Link')
})

test('the bodies that are taken say which fields there are, and refuse others', () => {
  const bodies = operations.flatMap(({ operation }) => operation.requestBody ?? [])
  expect(bodies.length).toBeGreaterThan(8)
  for (const { content } of bodies)
    expect(content['application/json']!.schema).toMatchObject({ additionalProperties: false })
})
