import { Router } from 'express'
import { z } from 'zod'

import { NotFoundError } from '../../app/errors.ts'
import { parseOperations } from '../../deploy/operations.ts'
import { idOf } from '../apps.ts'
import type { Context } from '../context.ts'
import type { StartedDeployment } from '../deployments.ts'
import { Flag, Limit, Num, parse, Text } from './input.ts'
import { allow, sendEvents } from './respond.ts'

const NewDeploy = z.strictObject({
  commit: Text,
  rebuild: z.boolean().default(false),
  allow_remove: z.boolean().default(false),
})
const NewRollback = z.strictObject({ release: z.number().int().min(1).nullable().default(null) })

/** `set` holds texts, read as the config would read them; also `health_check.path` and `env.NAME`. */
const NewOperation = z.strictObject({
  title: Text,
  operate: z
    .array(
      z.strictObject({
        process: Text,
        create: z.boolean().default(false),
        delete: z.boolean().default(false),
        set: z.record(Text, z.string().max(100_000)).default({}),
        unset: z.array(Text).max(100).default([]),
        restart: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(1_000),
})

export function deploymentRoutes(context: Context): Router {
  const { apps, deployments, engine, operations } = context
  const router = Router()
  const started = ({ deployment }: StartedDeployment): object => deployment

  router.get('/apps/:app/deployments', async (request, response) => {
    allow(request, 'read')
    const { limit } = parse(z.object({ limit: Limit }), request.query)
    response.json(await engine.ledger.deployments(idOf(apps.get(request.params.app)), limit))
  })

  router.post('/apps/:app/deployments', async (request, response) => {
    const { name: by } = allow(request, 'operate')
    const wanted = parse(NewDeploy, request.body)
    response
      .status(202)
      .json(started(await operations.deployCommit(apps.get(request.params.app), wanted, by)))
  })

  router.post('/apps/:app/rollbacks', async (request, response) => {
    const { name: by } = allow(request, 'operate')
    const { release } = parse(NewRollback, request.body)
    response.status(202).json(started(await operations.rollback(apps.get(request.params.app), release, by)))
  })

  router.post('/apps/:app/operations', async (request, response) => {
    const { name: by } = allow(request, 'operate')
    const { operate, title } = parse(NewOperation, request.body)
    const app = apps.get(request.params.app)
    const changes = await parseOperations(operate)
    const { deployment, records } = await operations.operate(app, changes, { by, title })
    context.audit.write(by, app.name, 'operate', { number: deployment.number, operations: records })
    response.status(202).json(deployment)
  })

  router.get('/apps/:app/deployments/:number', async (request, response) => {
    allow(request, 'read')
    response.json(
      await deployments.get(idOf(apps.get(request.params.app)), parse(Num, request.params.number)),
    )
  })

  router.get('/apps/:app/deployments/:number/events', async (request, response) => {
    allow(request, 'read')
    const app = idOf(apps.get(request.params.app))
    const { number } = await deployments.get(app, parse(Num, request.params.number))
    const { follow } = parse(z.object({ follow: Flag.default(false) }), request.query)
    await sendEvents(response, (signal) => deployments.events(app, number, follow, signal))
  })

  router.post('/apps/:app/deployments/:number/cancel', async (request, response) => {
    const { name: who } = allow(request, 'operate')
    const app = idOf(apps.get(request.params.app))
    const number = parse(Num, request.params.number)
    await deployments.cancel(app, number)
    context.audit.write(who, app.name, 'deployment.cancel', { number })
    response.status(202).json(await deployments.get(app, number))
  })

  router.get('/apps/:app/releases', async (request, response) => {
    allow(request, 'read')
    const { limit } = parse(z.object({ limit: Limit }), request.query)
    response.json(await engine.ledger.releases(idOf(apps.get(request.params.app)), limit))
  })

  router.get('/apps/:app/releases/:number', async (request, response) => {
    allow(request, 'read')
    const app = idOf(apps.get(request.params.app))
    const number = parse(Num, request.params.number)
    const release = await engine.ledger.release(app, number)
    if (release === null) throw new NotFoundError(`${app.name} has no release v${number}`)
    response.json(release)
  })

  return router
}
