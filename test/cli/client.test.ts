import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { describe, expect, onTestFinished, test } from 'vitest'

import { ConfigError, NotFoundError, UserError } from '../../src/app/errors.ts'
import { Client, path, withQuery } from '../../src/cli/client.ts'
import { ServerError } from '../../src/cli/connection-error.ts'
import { homeEndpoint } from '../../src/cli/endpoint.ts'
import { temporaryFolder } from './gantry.ts'

/** A client of a real server on a socket that answers like this. */
async function clientOf(answer: (...exchange: Parameters<RequestListener>) => unknown): Promise<Client> {
  const home = await temporaryFolder()
  const server = createServer((request, response) => void answer(request, response)).listen(
    join(home, 'control.sock'),
  )
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new Client(homeEndpoint(home))
}

function answering(status: number, body: unknown): Promise<Client> {
  return clientOf((_request, response) => response.writeHead(status, JSON_TYPE).end(JSON.stringify(body)))
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const EVENTS = { 'content-type': 'text/event-stream' }
const never = new AbortController().signal

describe('requests', () => {
  test('send JSON and give what comes back', async () => {
    const client = await clientOf(async (request, response) => {
      const { method, url, headers } = request
      const body = JSON.parse(await text(request)) as unknown
      response.writeHead(200, JSON_TYPE)
      response.end(JSON.stringify({ method, url, type: headers['content-type'], body }))
    })
    expect(await client.post(path`/apps/${'hello'}/deployments`, { commit: 'HEAD' })).toEqual({
      method: 'POST',
      url: '/api/apps/hello/deployments',
      type: 'application/json',
      body: { commit: 'HEAD' },
    })
  })

  test('are sent once more with the same key where the connection breaks in the middle of a POST', async () => {
    const keys: unknown[] = []
    const client = await clientOf(async (request, response) => {
      await text(request)
      keys.push(request.headers['idempotency-key'])
      if (keys.length === 1) return request.socket.destroy()
      if (keys.length === 2) return response.writeHead(202, JSON_TYPE).end('{"number":1}')
      response.writeHead(202, { ...JSON_TYPE, 'content-length': 100 }).write('{"half":')
      return setImmediate(() => response.destroy())
    })
    expect(await client.post('/api/x')).toEqual({ number: 1 })
    expect(keys[1]).toBe(keys[0])
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
    await expect(client.post('/api/x')).rejects.toThrow('the connection to the server broke')
    expect(keys).toHaveLength(4)
    expect(keys[3]).toBe(keys[2])
    expect(keys[2]).not.toBe(keys[0])
  })

  test('take an empty answer', async () => {
    const client = await clientOf((_request, response) => response.writeHead(204).end())
    await expect(client.delete(path`/apps/hello`)).resolves.toBeUndefined()
  })

  test('have no names that lead to another path', () => {
    expect(path`/apps/${'../tokens?x#y'}/logs`).toBe('/api/apps/..%2Ftokens%3Fx%23y/logs')
    expect(withQuery('/api/x', { process: 'a&b', follow: true })).toBe('/api/x?process=a%26b&follow=true')
  })
})

describe('errors of the server', () => {
  const error = { message: 'there is no app "x"', hint: 'make one' }

  test('a 400 is a UserError with its hint', async () => {
    const failed = (await answering(400, { error })).get('/api/apps')
    await expect(failed).rejects.toThrow(UserError)
    await expect(failed).rejects.toMatchObject(error)
  })

  test('a 404 is a NotFoundError', async () => {
    await expect((await answering(404, { error })).get('/api/apps/x')).rejects.toThrow(NotFoundError)
  })

  test('one with diagnostics is a ConfigError with all of them', async () => {
    const diagnostics = [
      { severity: 'error', message: 'unknown key', place: { file: 'gantry.yml', line: 3, column: 1 } },
    ]
    const failed = (await answering(400, { error: { ...error, diagnostics } })).post('/api/apps/x/plans')
    await expect(failed).rejects.toThrow(ConfigError)
    await expect(failed).rejects.toMatchObject({ diagnostics })
  })

  test('a 500 is a ServerError', async () => {
    const failed = (await answering(500, { error: { message: 'a bug', hint: null } })).get('/api/apps')
    await expect(failed).rejects.toThrow(ServerError)
    await expect(failed).rejects.toMatchObject({ message: 'a bug', hint: undefined })
  })

  test('one that is not JSON still says what happened', async () => {
    const client = await clientOf((_request, response) => response.writeHead(502).end('<html>'))
    await expect(client.get('/api/apps')).rejects.toThrow('the server cannot be reached (502)')
  })
})

describe('a server that cannot be reached', () => {
  test('is not there', async () => {
    const home = await temporaryFolder()
    await expect(new Client(homeEndpoint(home)).get('/api/apps')).rejects.toMatchObject({
      message: `no Gantry server runs for this home: ${home}`,
      hint: `start one: gantry server --home ${home}`,
    })
  })

  test('was killed and left its socket behind', async () => {
    const home = await temporaryFolder()
    // Nobody listens on a plain file either: the system refuses the connection in the same way.
    await writeFile(join(home, 'control.sock'), '')
    await expect(new Client(homeEndpoint(home)).get('/api/apps')).rejects.toThrow(
      'no Gantry server runs for this home',
    )
  })

  test('has a home with too long a path, which is said before anything is tried', () => {
    expect(() => homeEndpoint(`/tmp/${'x'.repeat(100)}`)).toThrow(
      "the path of the server's socket is too long",
    )
  })

  test('goes away before it has answered', async () => {
    const client = await clientOf((request) => request.destroy())
    await expect(client.get('/api/apps')).rejects.toThrow(ServerError)
  })

  test('goes away in the middle of its answer', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': 100 }).write('{"half":')
      setImmediate(() => response.destroy())
    })
    await expect(client.get('/api/apps')).rejects.toThrow('the connection to the server broke')
  })
})

describe('events', () => {
  test('come one by one while the stream is open', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(200, EVENTS).write('data: {"n":1}\n\n:\n\n')
      response.write('data: {"n":2}\n\n')
      response.end()
    })
    expect(await Array.fromAsync(client.events('/api/x', never))).toEqual([{ n: 1 }, { n: 2 }])
  })

  test('end without an error when the signal fires, and the server sees the stream closed', async () => {
    const closed = Promise.withResolvers<void>()
    const client = await clientOf((_request, response) => {
      response.on('close', () => closed.resolve())
      response.writeHead(200, EVENTS).write('data: {"n":1}\n\n')
    })
    const abort = new AbortController()
    const seen: unknown[] = []
    for await (const event of client.eventsOf('/api/x', { command: 'ls' }, abort.signal)) {
      seen.push(event)
      abort.abort()
    }
    expect(seen).toEqual([{ n: 1 }])
    await closed.promise
  })

  test('that break off are an error', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(200, EVENTS).write('data: {"n":1}\n\n')
      setImmediate(() => response.destroy())
    })
    const events = Array.fromAsync(client.events('/api/x', never))
    await expect(events).rejects.toThrow(ServerError)
  })

  test('of an unknown thing are the error that the server gave', async () => {
    const client = await answering(404, { error: { message: 'hello has no deployment #9', hint: null } })
    const events = Array.fromAsync(client.events('/api/x', never))
    await expect(events).rejects.toThrow('hello has no deployment #9')
  })
})
