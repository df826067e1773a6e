import { Router } from 'express'
import { z } from 'zod'

import { NotFoundError } from '../../app/errors.ts'
import { idOf } from '../apps.ts'
import type { Context } from '../context.ts'
import { Name, parse } from './input.ts'
import { allow } from './respond.ts'

const VariableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'letters, digits and _ only')
  .max(200)
  .refine((name) => name !== 'PORT' && !name.startsWith('GANTRY_'), 'Gantry sets this one itself')
const Value = z.strictObject({
  value: z
    .string()
    .max(64 * 1024)
    .refine((value) => !value.includes('\0'), 'NUL cannot be in a variable'),
  secret: z.boolean().default(false),
  process: Name.nullable().default(null),
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
    const name = parse(VariableName, request.params.name)
    const { value, secret, process } = parse(Value, request.body)
    await engine.setVariable(idOf(app), { name, value, secret, process })
    audit.write(who, app.name, 'variable.set', { name, secret, process })
    response.status(204).end()
  })

  router.delete('/apps/:app/variables/:name', async (request, response) => {
    const { name: who } = allow(request, 'operate')
    const app = apps.get(request.params.app)
    const name = parse(VariableName, request.params.name)
    const { process } = parse(z.object({ process: Name.nullable().default(null) }), request.query)
    if (!(await engine.unsetVariable(idOf(app), name, process))) {
      throw new NotFoundError(`${name} is not set${process === null ? '' : ` for ${process}`}`)
    }
    audit.write(who, app.name, 'variable.unset', { name, process })
    response.status(204).end()
  })

  return router
}
