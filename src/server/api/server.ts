import { z } from 'zod'

import { json } from './answers.ts'
import { ServerModel } from './models/admin.ts'
import { openApi, type OpenApi } from './openapi.ts'
import { look, type Route } from './route.ts'

export const showServer: Route = look({
  id: 'server.show',
  path: '/server',
  needs: 'read',
  summary: 'Show where the server is reached, and which Gantry it is',
  answer: json(ServerModel),
  handle: ({ context }) => context.server,
})

/** The description of all routes, itself among them. */
export function describeRoutes(routes: () => readonly Route[]): Route {
  let document: OpenApi | null = null
  return look({
    id: 'server.openapi',
    path: '/openapi.json',
    needs: 'read',
    summary: 'This document',
    answer: json(z.record(z.string(), z.unknown())),
    handle: ({ context }): Record<string, unknown> => ({
      ...(document ??= openApi(routes(), context.server.version)),
    }),
  })
}
