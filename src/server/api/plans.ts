import { z } from 'zod'

import { preview } from '../../deploy/preview.ts'
import { verifyWhereItRuns } from '../engines-verify.ts'
import { json } from './answers.ts'
import { Text } from './input.ts'
import { CheckModel, PlanModel } from './models/plan.ts'
import { look, type Route } from './route.ts'

/** What is asked about a commit before it is deployed. POST because it takes a body. */
export const PLAN_ROUTES: readonly Route[] = [
  look({
    id: 'plan.make',
    method: 'post',
    path: '/apps/{app}/plans',
    needs: 'read',
    summary: 'Show what deploying a commit would do; changes nothing',
    body: z.strictObject({
      commit: Text,
      rebuild: z.boolean().default(false),
      allow_remove: z.boolean().default(false),
      refresh: z.boolean().default(false).meta({ description: 'Trust nothing that was remembered.' }),
    }),
    answer: json(PlanModel),
    handle: async ({ context, engine, of: { app, id }, body: { refresh, ...wish } }) => {
      const { request } = await context.operations.request(app, wish)
      const { plan } = await preview(engine, id, await request.want(), request.plan, { refresh })
      return plan
    },
  }),

  look({
    id: 'plan.verify',
    method: 'post',
    path: '/apps/{app}/checks',
    needs: 'read',
    summary: 'Look at everything that deploying a commit needs; changes nothing',
    body: z.strictObject({ commit: Text }),
    answer: json(z.array(CheckModel)),
    handle: async ({ context, of: { app }, body: { commit } }) => {
      const { request } = await context.operations.request(app, {
        commit,
        rebuild: false,
        allow_remove: false,
      })
      return verifyWhereItRuns(app, (await request.want()).app, new AbortController().signal)
    },
  }),
]
