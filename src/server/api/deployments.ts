import { z } from 'zod'

import type { AppId } from '../../app/app.ts'
import { UserError } from '../../app/errors.ts'
import type { DeployEvent } from '../../deploy/events.ts'
import type { LogEntry } from '../event-log.ts'
import { events, json, page } from './answers.ts'
import type { StreamedEvent } from './events.ts'
import { Flag, Num, Text } from './input.ts'
import { DeployEventModel } from './models/deploy-event.ts'
import { DeploymentModel } from './models/history.ts'
import { pageOf, pageQuery } from './pages.ts'
import { change, look, type Call, type Route } from './route.ts'

const ByNumber = z.strictObject({ number: Num })

/** A deployment that was taken on, and goes on by itself. */
const accepted = json(DeploymentModel, {
  status: 202,
  description: 'It is written down and has a number; how it goes is in its events.',
})

export const DEPLOYMENT_ROUTES: readonly Route[] = [
  look({
    id: 'deployment.list',
    path: '/apps/{app}/deployments',
    needs: 'read',
    summary: 'List deployments, the newest first',
    query: pageQuery(Num),
    answer: page(DeploymentModel, 'A part of the list.'),
    handle: ({ engine, of: { id }, query: { limit, cursor } }) =>
      pageOf(
        limit,
        (count) => engine.ledger.deployments(id, count, cursor),
        ({ number }) => number,
      ),
  }),

  change({
    id: 'deployment.create',
    method: 'post',
    path: '/apps/{app}/deployments',
    needs: 'operate',
    summary: 'Deploy a commit that the app has',
    description: 'The branch stays where it is. A commit that the server lacks is to be pushed first.',
    body: z.strictObject({
      commit: Text,
      rebuild: z.boolean().default(false).meta({ description: 'Make images anew.' }),
      allow_remove: z
        .boolean()
        .default(false)
        .meta({ description: 'Also when that removes a public process or more than half of all.' }),
    }),
    answer: accepted,
    handle: async ({ context, engine, of: { app, id }, identity, body }) => {
      const before = await releaseNow({ engine, id })
      const { deployment } = await context.operations.deployCommit(app, body, identity.name)
      const { number, commit } = deployment
      return { before, after: { deployment: number, commit }, detail: body, answer: deployment }
    },
  }),

  change({
    id: 'release.rollback',
    method: 'post',
    path: '/apps/{app}/rollbacks',
    needs: 'operate',
    summary: 'Deploy an old release again',
    description: 'Image and config are those of the release. Migrations are not undone.',
    body: z.strictObject({
      release: z
        .int()
        .min(1)
        .nullable()
        .default(null)
        .meta({ description: 'Null: the one before the latest.' }),
    }),
    answer: accepted,
    handle: async ({ context, engine, of: { app, id }, identity, body: { release } }) => {
      const before = await releaseNow({ engine, id })
      const { deployment } = await context.operations.rollback(app, release, identity.name)
      const { number, title } = deployment
      return { before, after: { deployment: number }, detail: { title }, answer: deployment }
    },
  }),

  look({
    id: 'deployment.show',
    path: '/apps/{app}/deployments/{number}',
    needs: 'read',
    summary: 'Show what a deployment was for and how it went',
    params: ByNumber,
    answer: json(DeploymentModel),
    handle: ({ context, of: { id }, params: { number } }) => context.deployments.get(id, number),
  }),

  look({
    id: 'deployment.events',
    path: '/apps/{app}/deployments/{number}/events',
    needs: 'read',
    summary: 'Stream what happens in a deployment',
    description: 'From its first event on, or after the one that `Last-Event-ID` names.',
    params: ByNumber,
    query: z.strictObject({ follow: Flag.default(false).meta({ description: 'Go on until it ends.' }) }),
    answer: events(DeployEventModel, { resumes: true }),
    handle: async ({ context, of: { id }, params, query: { follow }, lastEventId }) => {
      const { number } = await context.deployments.get(id, params.number)
      const after = lastEventId === null ? 0 : sequenceOf(lastEventId)
      return (signal) => numbered(context.deployments.entries(id, number, { follow, after, signal }))
    },
  }),

  change({
    id: 'deployment.cancel',
    method: 'post',
    path: '/apps/{app}/deployments/{number}/cancel',
    needs: 'operate',
    summary: 'Stop a deployment; what it has changed is rolled back',
    params: ByNumber,
    answer: json(DeploymentModel, { status: 202, description: 'It was told to stop, and may take a while.' }),
    handle: async ({ context: { deployments }, of: { id }, params: { number } }) => {
      const { status } = await deployments.get(id, number)
      await deployments.cancel(id, number)
      return {
        before: { deployment: number, status },
        after: { deployment: number, status: 'cancelling' },
        answer: await deployments.get(id, number),
      }
    },
  }),
]

/** What a roll-back would have to go back to. */
async function releaseNow({ engine, id }: { engine: Call['engine']; id: AppId }) {
  const [release] = await engine.ledger.releases(id, 1)
  return release === undefined ? null : { release: release.number }
}

async function* numbered(entries: AsyncIterable<LogEntry>): AsyncGenerator<StreamedEvent<DeployEvent>> {
  for await (const { sequence, event } of entries) yield { id: String(sequence), data: event }
}

function sequenceOf(lastEventId: string): number {
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId)
  throw new UserError('this Last-Event-ID is not of this stream')
}
