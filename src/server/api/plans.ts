import { Router } from 'express'
import { z } from 'zod'

import { NotFoundError } from '../../app/errors.ts'
import { preview } from '../../deploy/preview.ts'
import { wantCommit } from '../../deploy/prepare.ts'
import { idOf } from '../apps.ts'
import type { Context } from '../context.ts'
import { parse, Text } from './input.ts'
import { allow } from './respond.ts'

const NewPlan = z.strictObject({
  commit: Text,
  rebuild: z.boolean().default(false),
  allow_remove: z.boolean().default(false),
})

/** What a deployment of a commit would do. A POST because it takes a body; it changes nothing. */
export function planRoutes({ apps, clock, engine }: Context): Router {
  const router = Router()

  router.post('/apps/:app/plans', async (request, response) => {
    allow(request, 'read')
    const app = apps.get(request.params.app)
    const wish = parse(NewPlan, request.body)
    const repository = apps.repository(app.name)
    const commit = await repository.resolve(wish.commit)
    if (commit === null) {
      throw new NotFoundError(`${app.name} has no commit ${wish.commit.slice(0, 80)}`, {
        hint: 'push it first',
      })
    }
    const wanted = await wantCommit(engine, {
      app: idOf(app),
      repository,
      commit,
      rebuild: wish.rebuild,
      clock,
    })
    const { plan } = await preview(engine, idOf(app), wanted, { allow_remove: wish.allow_remove })
    response.json(plan)
  })

  return router
}
