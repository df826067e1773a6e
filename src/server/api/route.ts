import { z } from 'zod'

import type { AppId } from '../../app/app.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Change } from '../audit.ts'
import type { AppEntry } from '../apps.ts'
import type { Context } from '../context.ts'
import type { Identity } from '../identity.ts'
import type { Answer } from './answers.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** The least that a token must be good for. A path without an app takes, for more than `read`, one for all apps. */
export type Needs = 'read' | 'operate' | 'admin'

type None = z.ZodObject<Record<string, never>>

/** Who asks for what, all of it checked. */
export interface Call<Of = AboutApp, Params = unknown, Query = unknown, Body = unknown> {
  context: Context
  /** That of the app. */
  engine: Engine
  identity: Identity
  /** The app of the path. */
  of: Of
  params: Params
  query: Query
  body: Body
  /** The id of the last event that a stream had come to, from who asks for the rest. */
  lastEventId: string | null
}

/** An app that there is, and that the one who asks may look at. */
export interface AboutApp {
  app: AppEntry
  id: AppId
}

type Of<Path extends string> = Path extends `/apps/{app}${string}` ? AboutApp : null

interface Described<Path extends string, Params, Query, Result> {
  /** `app.create`: what it is called in the document and in the audit trail. */
  id: string
  /** As the document has it: `/apps/{app}/releases/{number}`. */
  path: Path
  needs: Needs
  summary: string
  description?: string
  /** Those of the path, but for the app. */
  params?: Params
  query?: Query
  answer: Answer<Result>
  /** What can go wrong beside what can go wrong everywhere: status to what it means. */
  errors?: Readonly<Record<number, string>>
}

type Handler<Path extends string, Params, Query, Body, Result> = (
  call: Call<Of<Path>, z.output<Params>, z.output<Query>, z.output<Body>>,
) => Result | Promise<Result>

/** Something that only looks. */
interface Look<Path extends string, Params, Query, Body, Result> extends Described<
  Path,
  Params,
  Query,
  Result
> {
  /** POST for what takes a body. */
  method?: 'get' | 'post'
  body?: Body
  handle: Handler<Path, Params, Query, Body, Result>
}

/** What was changed, for the audit trail. */
export interface Written extends Change {
  /** Where the path does not say it. */
  app?: string | null
}

/** What a change has come to, and what its sender is told. */
export interface Changed<Result> extends Written {
  answer: Result
}

interface Alteration<Path extends string, Params, Query, Body, Result> extends Described<
  Path,
  Params,
  Query,
  Result
> {
  method: Exclude<Method, 'get'>
  body?: Body
  handle: Handler<Path, Params, Query, Body, Changed<Result>>
}

/**
 * One operation of the API: this is what express routes, what input is checked with, and what the document says.
 */
export interface Route {
  id: string
  method: Method
  path: string
  needs: Needs
  summary: string
  description: string | null
  params: z.ZodObject
  query: z.ZodObject
  body: z.ZodObject
  answer: Answer<unknown>
  errors: Readonly<Record<number, string>>
  /** Whether it changes something: then there is a change to write down. */
  changes: boolean
  handle(call: Call): Promise<{ answer: unknown; change: Written | null }>
}

/** Whether it heeds an Idempotency-Key: the other methods may be sent again anyway. */
export function isOnce({ method, changes }: Pick<Route, 'method' | 'changes'>): boolean {
  return method === 'post' && changes
}

/** Whether its answer goes on. */
export function isStream({ answer }: Pick<Route, 'answer'>): boolean {
  return answer.content?.type === 'text/event-stream'
}

export function look<
  Path extends string,
  Result,
  Params extends z.ZodObject = None,
  Query extends z.ZodObject = None,
  Body extends z.ZodObject = None,
>(declared: Look<Path, Params, Query, Body, Result>): Route {
  return {
    ...erased(declared),
    method: declared.method ?? 'get',
    changes: false,
    handle: async (call) => ({ answer: await declared.handle(call as never), change: null }),
  }
}

export function change<
  Path extends string,
  Result,
  Params extends z.ZodObject = None,
  Query extends z.ZodObject = None,
  Body extends z.ZodObject = None,
>(declared: Alteration<Path, Params, Query, Body, Result>): Route {
  return {
    ...erased(declared),
    method: declared.method,
    changes: true,
    handle: async (call) => {
      const { answer, ...made } = await declared.handle(call as never)
      return { answer, change: made }
    },
  }
}

const NOTHING = z.strictObject({})

function erased<Result>({
  id,
  path,
  needs,
  summary,
  description,
  params,
  query,
  body,
  answer,
  errors = {},
}: Described<string, z.ZodObject | undefined, z.ZodObject | undefined, Result> & {
  body?: z.ZodObject | undefined
}) {
  return {
    id,
    path,
    needs,
    summary,
    description: description ?? null,
    params: params ?? NOTHING,
    query: query ?? NOTHING,
    body: body ?? NOTHING,
    answer: answer as Answer<unknown>,
    errors,
  }
}
