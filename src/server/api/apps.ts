import { Router } from 'express'
import { z } from 'zod'

import { UserError } from '../../app/errors.ts'
import { idOf, type AppEntry } from '../apps.ts'
import type { Context } from '../context.ts'
import { parse } from './input.ts'
import { allow } from './respond.ts'
import { may, type Identity } from '../identity.ts'

const Settings = z.strictObject({
  branch: z.string().max(200).optional(),
  allow_force: z.boolean().optional(),
  environment: z.string().max(63).optional(),
})
const NewApp = Settings.extend({ name: z.string() })

export function appRoutes(context: Context): Router {
  const { apps, audit, engine, deployments } = context
  const router = Router()

  router.get('/apps', (request, response) => {
    const identity = request.res?.locals['identity'] as Identity
    response.json(
      apps
        .list()
        .filter((app) => may(identity, 'read', app.name))
        .map(shown),
    )
  })

  router.post('/apps', async (request, response) => {
    const { name: who } = allow(request, 'admin')
    const { name, ...settings } = parse(NewApp, request.body)
    const app = await apps.create(name, definedOnly(settings))
    audit.write(who, name, 'app.create', settings)
    response.status(201).json(shown(app))
  })

  router.get('/apps/:app', (request, response) => {
    allow(request, 'read')
    response.json(shown(apps.get(request.params.app)))
  })

  router.patch('/apps/:app', (request, response) => {
    const { name: who } = allow(request, 'admin')
    const before = apps.get(request.params.app)
    const after = apps.set(before.name, definedOnly(parse(Settings, request.body)))
    audit.write(who, before.name, 'app.set', { before, after })
    response.json(shown(after))
  })

  router.delete('/apps/:app', async (request, response) => {
    const { name: who } = allow(request, 'admin')
    const { app: name } = request.params
    await apps.delete(name, (app) => {
      if (!deployments.isBusy(idOf(app))) return
      throw new UserError(`${name} is being deployed`, { hint: 'cancel the deployment, or wait for it' })
    })
    audit.write(who, name, 'app.delete', {})
    response.status(204).end()
  })

  router.get('/apps/:app/running', async (request, response) => {
    allow(request, 'read')
    response.json(await engine.observe(idOf(apps.get(request.params.app))))
  })

  const shown = (app: AppEntry): AppEntry & { address: string } => ({
    ...app,
    address: context.addressOf(app.name, null),
  })
  return router
}

function definedOnly<T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
