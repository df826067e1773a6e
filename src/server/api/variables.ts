import { Router } from 'express'
import { z } from 'zod'

import { setVariable, unsetVariable } from '../../deploy/variables.ts'
import { idOf } from '../apps.ts'
import type { Context } from '../context.ts'
import { Name, parse } from './input.ts'
import { allow } from './respond.ts'

const Value = z.strictObject({
  value: z.string(),
  secret: z.boolean().default(false),
  process: z.string().nullable().default(null),
})

/** Variables set by hand. Values go in; none ever comes out, in an answer or in the audit trail. */
export function variableRoutes({ apps, audit, engine }: Context): Router {
  const router = Router()

  router.get('/apps/:app/variables', async (request, response) => {
    allow(request, 'read')
    response.json((await engine.observe(idOf(apps.get(request.params.app)))).variables)
  })

  router.put('/apps/:app/variables/:name', async (request, response) => {
    const { name: who } = allow(request, 'operate')
    const app = apps.get(request.params.app)
    const { name } = request.params
    const { value, secret, process } = parse(Value, request.body)
    await setVariable(engine, idOf(app), { name, value, secret, process })
    audit.write(who, app.name, 'variable.set', { name, secret, process })
    response.status(204).end()
  })

  router.delete('/apps/:app/variables/:name', async (request, response) => {
    const { name: who } = allow(request, 'operate')
    const app = apps.get(request.params.app)
    const { name } = request.params
    const { process } = parse(z.object({ process: Name.nullable().default(null) }), request.query)
    await unsetVariable(engine, idOf(app), name, process)
    audit.write(who, app.name, 'variable.unset', { name, process })
    response.status(204).end()
  })

  return router
}
