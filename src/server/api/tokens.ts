import { z } from 'zod'

import { SCOPES } from '../tokens.ts'
import { json, nothing, once } from './answers.ts'
import { Text } from './input.ts'
import { NewTokenModel, TokenModel } from './models/admin.ts'
import { change, look, type Route } from './route.ts'

export const TOKEN_ROUTES: readonly Route[] = [
  look({
    id: 'token.list',
    path: '/tokens',
    needs: 'admin',
    summary: 'List the tokens, without themselves',
    answer: json(z.array(TokenModel)),
    handle: ({ context }) => context.tokens.list(),
  }),

  change({
    id: 'token.create',
    method: 'post',
    path: '/tokens',
    needs: 'admin',
    summary: 'Make a token, which is shown this one time',
    body: z.strictObject({
      name: Text.default('unnamed'),
      scope: z.enum(SCOPES).default('push'),
      app: z.string().nullable().default(null),
    }),
    // What is kept for a request that comes again would have the token in it.
    answer: once(
      json(NewTokenModel, { status: 201 }),
      'look for the token in the list, revoke it, and make another with a new Idempotency-Key',
    ),
    handle: ({ context: { apps, tokens }, body }) => {
      if (body.app !== null) apps.get(body.app)
      const { entry, token } = tokens.create(body)
      return { app: body.app, before: null, after: entry, answer: { ...entry, token: token.reveal() } }
    },
  }),

  change({
    id: 'token.revoke',
    method: 'delete',
    path: '/tokens/{token}',
    needs: 'admin',
    summary: 'Make a token worthless at once',
    params: z.strictObject({ token: z.string().meta({ description: 'Its id.' }) }),
    answer: nothing('It is good for nothing any more.'),
    handle: ({ context, params: { token } }) => {
      const before = context.tokens.revoke(token)
      return { app: before.app, before, after: null, answer: undefined }
    },
  }),
]
