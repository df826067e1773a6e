import { z } from 'zod'

import { UserError } from '../../app/errors.ts'
import { idOf, type AppChange, type AppEntry, type AppSettings } from '../apps.ts'
import type { Context } from '../context.ts'
import { may } from '../identity.ts'
import { json, nothing } from './answers.ts'
import { SettingsInput } from './app-settings.ts'
import { HttpError } from './failure.ts'
import { Flag } from './input.ts'
import { AppModel, type ShownApp } from './models/admin.ts'
import { RunningModel } from './models/running.ts'
import { change, look, type Route } from './route.ts'

export const APP_ROUTES: readonly Route[] = [
  look({
    id: 'app.list',
    path: '/apps',
    needs: 'read',
    summary: 'List the apps that the token is good for',
    answer: json(z.array(AppModel)),
    handle: ({ context, identity }) =>
      context.apps
        .list()
        .filter(({ name }) => may(identity, 'read', name))
        .map((app) => shown(context, app)),
  }),

  change({
    id: 'app.create',
    method: 'post',
    path: '/apps',
    needs: 'admin',
    summary: 'Make an app',
    body: SettingsInput.extend({ name: z.string() }),
    answer: json(AppModel, { status: 201, description: 'It is there, and can be pushed to.' }),
    handle: async ({ context, body: { name, ...settings } }) => {
      const app = await context.apps.create(name, settings)
      return { app: name, before: null, after: settingsOf(app), answer: shown(context, app) }
    },
  }),

  look({
    id: 'app.show',
    path: '/apps/{app}',
    needs: 'read',
    summary: 'Show an app with its settings and its address',
    answer: json(AppModel),
    handle: ({ context, of: { app } }) => shown(context, app),
  }),

  change({
    id: 'app.set',
    method: 'patch',
    path: '/apps/{app}',
    needs: 'admin',
    summary: 'Change settings of an app',
    description:
      'Where it runs, and what its file may ask for there, is done with what the server may do: that takes a token for all apps.',
    body: SettingsInput,
    answer: json(AppModel),
    handle: async ({ context, of: { app }, identity, body }) => {
      if (identity.app !== null && concernsServer(app, body)) {
        throw new HttpError(403, `this needs a token that may admin for all apps`, {
          hint: `the token for ${app.name} may set branch and allow_force`,
        })
      }
      const after = await context.apps.set(app.name, body)
      return { before: settingsOf(app), after: settingsOf(after), answer: shown(context, after) }
    },
  }),

  change({
    id: 'app.delete',
    method: 'delete',
    path: '/apps/{app}',
    needs: 'admin',
    summary: 'Stop an app and delete everything of it',
    answer: nothing('Nothing is left of it.'),
    handle: async ({ context, of: { app } }) => {
      await context.apps.delete(app.name, (leaving) => {
        if (!context.deployments.isBusy(idOf(leaving))) return
        throw new UserError(`${app.name} is being deployed`, {
          hint: 'cancel the deployment, or wait for it',
        })
      })
      return { before: settingsOf(app), after: null, answer: undefined }
    },
  }),

  look({
    id: 'app.running',
    path: '/apps/{app}/running',
    needs: 'read',
    summary: 'Show what runs: processes with their instances and owners, schedules, variables',
    query: z.strictObject({
      instances: Flag.default(true).meta({
        description: 'With single instances and what happened to them, where that takes more calls.',
      }),
    }),
    answer: json(RunningModel),
    handle: ({ engine, of: { id }, query: { instances } }) => engine.observe(id, { instances }),
  }),
]

/** Whether a change is about what the server does elsewhere, as itself. */
function concernsServer(
  { engine }: AppEntry,
  { branch: _branch, allow_force: _force, environment, ...others }: AppChange,
): boolean {
  return Object.keys(others).length > 0 || (engine !== 'local' && environment !== undefined)
}

function shown({ addressOf }: Context, app: AppEntry): ShownApp {
  return { ...app, address: addressOf(app.name, null) }
}

function settingsOf({ name: _name, created_at: _created, ...settings }: AppEntry): AppSettings {
  return settings
}
