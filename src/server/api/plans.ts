import { Router } from 'express'
import { z } from 'zod'

import { preview } from '../../deploy/preview.ts'
import { idOf } from '../apps.ts'
import type { Context } from '../context.ts'
import { parse, Text } from './input.ts'
import { allow } from './respond.ts'

const NewPlan = z.strictObject({
  commit: Text,
  rebuild: z.boolean().default(false),
  allow_remove: z.boolean().default(false),
  refresh: z.boolean().default(false),
})

/** What a deployment of a commit would do. A POST because it takes a body; it changes nothing. */
export function planRoutes({ apps, engine, operations }: Context): Router {
  const router = Router()

  router.post('/apps/:app/plans', async (request, response) => {
    allow(request, 'read')
    const app = apps.get(request.params.app)
    const { refresh, ...wish } = parse(NewPlan, request.body)
    const requested = await operations.request(app, wish)
    const wanted = await requested.request.want()
    const { plan } = await preview(engine, idOf(app), wanted, requested.request.plan, { refresh })
    response.json(plan)
  })

  return router
}
