import { z } from 'zod'

import type { OpenApi } from '../../../src/server/api/openapi.ts'

type Json = Record<string, unknown>

const Text = z.string().min(1)
const Ref = z.strictObject({ $ref: z.string().startsWith('#/components/') })
// Any JSON Schema: whether it is one is seen when it is read.
const Schema = z.record(z.string(), z.unknown())
const Content = z.record(z.string(), z.strictObject({ schema: Schema }))
const Header = z.strictObject({ description: Text, schema: Schema })
const Response = z.strictObject({
  description: Text,
  headers: z.record(z.string(), Header).optional(),
  content: Content.optional(),
})
const Parameter = z.strictObject({
  name: Text,
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean(),
  description: Text.optional(),
  schema: Schema,
})
const Operation = z.strictObject({
  operationId: Text,
  summary: Text,
  description: Text.optional(),
  tags: z.array(Text).min(1),
  security: z.array(z.record(z.string(), z.array(Text))),
  parameters: z.array(Parameter),
  requestBody: z.strictObject({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), z.union([Ref, Response])),
})

/**
 * What OpenAPI 3.1.1 wants of a document, as far as ours uses it: fixed fields of §4.8, and nothing else.
 * https://spec.openapis.org/oas/v3.1.1.html
 */
export const Document = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({ title: Text, version: Text, summary: Text, description: Text }),
  servers: z.array(z.strictObject({ url: Text })),
  tags: z.array(z.strictObject({ name: Text, description: Text })),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'put', 'post', 'delete', 'patch']), Operation),
  ),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), Schema),
    responses: z.record(z.string().regex(/^[\w.-]+$/), Response),
    securitySchemes: z.record(
      z.string(),
      z.strictObject({ type: z.literal('http'), scheme: Text, description: Text.optional() }),
    ),
  }),
})

/** What a reference points at. */
export function resolve(document: OpenApi, reference: string): unknown {
  return reference
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((at, step) => (at as Json | undefined)?.[step], document)
}

/** Every reference in it. */
export function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) =>
    key === '$ref' && typeof each === 'string' ? [each] : referencesIn(each),
  )
}

/**
 * Reads values as a schema of the document has them. Strictly: a field that the document does not name is an error,
 * though it tells its readers to expect more.
 */
export function readerOf(document: OpenApi, schema: Json): z.ZodType {
  const whole = strict({ ...schema, $defs: document.components.schemas }) as Json
  const text = JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/')
  return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0])
}

function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict)
  if (typeof value !== 'object' || value === null) return value
  const all = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, strict(each)]))
  const isClosed = value !== null && 'properties' in value && 'type' in value
  return isClosed ? { additionalProperties: false, ...all } : all
}
