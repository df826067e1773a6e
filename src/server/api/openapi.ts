import { z } from 'zod'

import { FailureModel } from './models/plan.ts'
import { isOnce, type Route } from './route.ts'

type Json = Record<string, unknown>

/** An OpenAPI 3.1 document: https://spec.openapis.org/oas/v3.1.1.html */
export interface OpenApi {
  openapi: '3.1.1'
  info: Json
  servers: Json[]
  tags: Json[]
  paths: Record<string, Record<string, Json>>
  components: { schemas: Json; responses: Json; securitySchemes: Json }
}

const TAGS: Readonly<Record<string, string>> = {
  app: 'Apps and their settings; what runs.',
  plan: 'What a deployment would do, before it does it.',
  deployment: 'Deployments, and what happens in them.',
  process: 'Processes by hand.',
  release: 'What one rolls back to.',
  task: 'Commands that run once.',
  shell: 'Commands that somebody talks to.',
  log: 'What processes and tasks have written.',
  variable: 'Variables and secrets that are set by hand.',
  token: 'Access tokens.',
  audit: 'Who changed what.',
  server: 'The server itself.',
}

/** What can go wrong with any request. */
const EVERYWHERE = ['400', '401', '403', '429', '500']

const RESPONSES: Readonly<Record<string, { name: string; description: string }>> = {
  400: { name: 'Wrong', description: 'Something in the request is wrong; nothing was changed.' },
  401: { name: 'Unknown', description: 'There is no token, or it is not valid.' },
  403: {
    name: 'Forbidden',
    description: 'The token is not good for this. Whether the app exists is not told.',
  },
  404: { name: 'NotFound', description: 'There is no such thing.' },
  409: {
    name: 'Once',
    description:
      'A request with this Idempotency-Key was cut off when the server ended, or was carried out and its answer is given only once.',
  },
  408: { name: 'TooSlow', description: 'The body took longer than 30 s.' },
  413: { name: 'TooLarge', description: 'The body is larger than 1 MB.' },
  415: { name: 'NotJson', description: 'The body is not JSON.' },
  422: { name: 'KeyTaken', description: 'This Idempotency-Key was sent with another request.' },
  429: {
    name: 'TooMany',
    description: 'Too many requests: `Retry-After` says in how many seconds the next one is taken.',
  },
  500: { name: 'Bug', description: 'A bug in Gantry.' },
  503: {
    name: 'Stopping',
    description: 'The server stops: nothing was begun. `Retry-After` says when to try again.',
  },
  507: { name: 'Full', description: 'The disk of the server is full. It may have been carried out.' },
}

/** What the routes say of themselves, for programs. */
export function openApi(routes: readonly Route[], version: string): OpenApi {
  const components = new Components()
  const paths: OpenApi['paths'] = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, components) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Gantry',
      version,
      summary: 'Deploys, runs and operates apps.',
      description:
        'Every request takes a token: `Authorization: Bearer TOKEN`, or as the password of Basic. The roles of `security` are the permissions that it must have.',
    },
    servers: [{ url: '/api' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: components.schemas,
      responses: Object.fromEntries(
        Object.values(RESPONSES).map(({ name, description }) => [name, failed(description, components)]),
      ),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic', description: 'Any name; the token as password.' },
      },
    },
  }
}

function operation(route: Route, components: Components): Json {
  const { id, summary, description, needs, body } = route
  const takesBody = Object.keys(body.shape).length > 0
  return {
    operationId: id,
    summary,
    ...(description !== null && { description }),
    tags: [id.split('.')[0]],
    security: [{ bearer: [needs] }, { basic: [needs] }],
    parameters: parametersOf(route, components),
    ...(takesBody && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: { 'application/json': { schema: components.input(body) } },
      },
    }),
    responses: {
      [route.answer.status]: success(route, components),
      ...failures(route, components),
    },
  }
}

function parametersOf(route: Route, components: Components): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const { properties: params = {} } = components.input(route.params)
  const { properties: query = {}, required = [] } = components.input(route.query)
  return [
    ...inPath.map((name) => parameter(name, 'path', true, (params as Json)[name] ?? { type: 'string' })),
    ...Object.entries(query as Json).map(([name, schema]) =>
      parameter(name, 'query', (required as string[]).includes(name), schema),
    ),
    ...(isOnce(route) ? [parameter('Idempotency-Key', 'header', false, IDEMPOTENCY_KEY)] : []),
    ...(route.answer.resumes ? [parameter('Last-Event-ID', 'header', false, LAST_EVENT_ID)] : []),
  ]
}

const IDEMPOTENCY_KEY = {
  type: 'string',
  maxLength: 255,
  description:
    'Any text that no other request has. The same request sent again within 24 hours is not carried out again, and gets the same answer.',
}
const LAST_EVENT_ID = {
  type: 'string',
  description: 'The `id` of the last event that was read: the stream goes on behind it.',
}

function parameter(name: string, where: string, required: boolean, described: unknown): Json {
  const { description, ...schema } = described as Json
  return { name, in: where, required, ...(description !== undefined && { description }), schema }
}

function success({ answer }: Route, components: Components): Json {
  const headers = Object.entries(answer.headers)
  return {
    description: answer.description,
    ...(headers.length > 0 && {
      headers: Object.fromEntries(
        headers.map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
      ),
    }),
    ...(answer.content !== null && {
      content: { [answer.content.type]: { schema: components.output(answer.content.schema) } },
    }),
  }
}

/** Statuses that mean the same everywhere are described in one place. */
function failures(route: Route, components: Components): Json {
  const common = [
    ...EVERYWHERE,
    ...(route.path.includes('{') ? ['404'] : []),
    ...(route.method === 'get' ? [] : ['408', '413', '415']),
    ...(isOnce(route) ? ['409', '422'] : []),
    ...(route.changes ? ['503', '507'] : []),
  ]
  return {
    ...Object.fromEntries(
      common.map((status) => [status, { $ref: `#/components/responses/${RESPONSES[status]!.name}` }]),
    ),
    ...Object.fromEntries(
      Object.entries(route.errors).map(([status, description]) => [status, failed(description, components)]),
    ),
  }
}

function failed(description: string, components: Components): Json {
  return { description, content: { 'application/json': { schema: components.output(FailureModel) } } }
}

/** Schemas as JSON Schema, with those that have a name in one place. */
class Components {
  readonly schemas: Json = {}

  /** What is taken. */
  input(schema: z.ZodType): Json {
    return this.#add(z.toJSONSchema(schema, { io: 'input' }))
  }

  /** What is given: more fields may come with a newer Gantry. */
  output(schema: z.ZodType): Json {
    return this.#add(
      z.toJSONSchema(schema, {
        io: 'output',
        override: ({ jsonSchema }) => {
          if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
          delete jsonSchema.readOnly
        },
      }),
    )
  }

  #add({ $schema: _schema, $defs = {}, ...schema }: Json): Json {
    Object.assign(this.schemas, moved($defs as Json))
    const { id } = schema
    if (typeof id !== 'string') return moved(schema)
    this.schemas[id] = moved(schema)
    return { $ref: `#/components/schemas/${id}` }
  }
}

function moved(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json
}
