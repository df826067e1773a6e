import { Router } from 'express'
import { z } from 'zod'

import type { Context } from '../context.ts'
import { SCOPES } from '../tokens.ts'
import { parse, Text } from './input.ts'
import { allow } from './respond.ts'

const NewToken = z.strictObject({
  name: Text.default('unnamed'),
  scope: z.enum(SCOPES).default('push'),
  app: z.string().nullable().default(null),
})

export function tokenRoutes({ apps, tokens, audit }: Context): Router {
  const router = Router()

  router.get('/tokens', (request, response) => {
    allow(request, 'admin')
    response.json(tokens.list())
  })

  router.post('/tokens', (request, response) => {
    const { name: who } = allow(request, 'admin')
    const wanted = parse(NewToken, request.body)
    if (wanted.app !== null) apps.get(wanted.app)
    const { entry, token } = tokens.create(wanted)
    audit.write(who, wanted.app, 'token.create', entry)
    // The one time that it is shown.
    response.status(201).json({ ...entry, token: token.reveal() })
  })

  router.delete('/tokens/:id', (request, response) => {
    const { name: who } = allow(request, 'admin')
    tokens.revoke(request.params.id)
    audit.write(who, null, 'token.revoke', { id: request.params.id })
    response.status(204).end()
  })

  return router
}
