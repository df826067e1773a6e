import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

import express, { type Express } from 'express'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'

import { errorAnswer } from '../../../src/server/api/respond.ts'
import type { Identity } from '../../../src/server/identity.ts'

/** A part of the API behind a door where everybody is this one; `build` says what it serves. */
export async function serveAs(identity: Identity, build: (app: Express) => unknown): Promise<string> {
  const app = express()
  app.use((_request, response, next) => {
    response.locals['identity'] = identity
    next()
  })
  build(app)
  app.use(errorAnswer(pino({ level: 'silent' })))
  return listening(app)
}

async function listening(app: RequestListener): Promise<string> {
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
