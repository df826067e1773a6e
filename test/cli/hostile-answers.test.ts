import type { ServerResponse } from 'node:http'

import { describe, expect, test } from 'vitest'

import type { Client } from '../../src/cli/client.ts'
import { clientOf } from './answering.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const EVENTS = { 'content-type': 'text/event-stream' }
const never = new AbortController().signal

const events = (client: Client): Promise<unknown[]> => Array.fromAsync(client.events('/api/x', never))

/** Goes on as long as somebody reads. */
function endless(response: ServerResponse, chunk: string): void {
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
  }
  response.on('drain', write)
  write()
}

const answering = (status: number, headers: Record<string, string>, body: string): Promise<Client> =>
  clientOf((_request, response) => response.writeHead(status, headers).end(body))

describe('what has no end', () => {
  const chunk = 'x'.repeat(1024 * 1024)

  test('is not read to its end where it is an answer', async () => {
    const client = await clientOf((_request, response) => {
      endless(response.writeHead(200, JSON_TYPE), chunk)
    })
    await expect(client.get('/api/apps')).rejects.toThrow('is no Gantry server: it sent more than 64 MB')
  })

  test('is not read to its end where it is a refusal', async () => {
    const client = await clientOf((_request, response) => {
      endless(response.writeHead(400, JSON_TYPE), chunk)
    })
    await expect(client.get('/api/apps')).rejects.toThrow('is no Gantry server: it answered 400')
  })

  test.each([
    ['a line', `data: ${'x'.repeat(1024 * 1024)}`],
    ['an event', `data: ${'x'.repeat(1024 * 1024)}\n`],
  ])('is not read to its end where it is %s of a stream, nor asked for again', async (_, part) => {
    let times = 0
    const client = await clientOf((_request, response) => {
      times += 1
      endless(response.writeHead(200, EVENTS), part)
    })
    await expect(events(client)).rejects.toThrow('it sent an event without an end')
    expect(times).toBe(1)
  })
})

describe('what is of another kind', () => {
  test.each(['{}', 'null', '[1]', '["x"]'])('%s is no list', async (body) => {
    const client = await answering(200, JSON_TYPE, body)
    await expect(client.list('/api/apps')).rejects.toThrow('is no Gantry server: it sent something else')
  })

  test.each(['nope', '7', 'null'])('%s is no event, and is not asked for again', async (data) => {
    let times = 0
    const client = await clientOf((_request, response) => {
      times += 1
      response.writeHead(200, EVENTS).end(`data: ${data}\n\n`)
    })
    await expect(events(client)).rejects.toThrow('is no Gantry server')
    expect(times).toBe(1)
  })

  test.each<[unknown, string, string | undefined]>([
    [{ message: { a: 1 }, hint: 7 }, 'the server refused this (400)', undefined],
    [{ message: 'no', hint: ['x'] }, 'no', undefined],
    [{ message: 'no', hint: 'so', diagnostics: 'zz' }, 'no', 'so'],
    [{ message: 'no', diagnostics: [{}] }, 'no', undefined],
    [{ message: 'no', diagnostics: [null] }, 'no', undefined],
    [{ message: 'no', diagnostics: [{ severity: 'error', message: 'x', path: 1 }] }, 'no', undefined],
    [{ message: 'no', diagnostics: [{ severity: 'warning', message: 'x' }] }, 'no', undefined],
  ])('of %j is taken what can be taken', async (error, message, hint) => {
    const client = await answering(400, JSON_TYPE, JSON.stringify({ error }))
    await expect(client.get('/api/apps')).rejects.toMatchObject({ message, hint })
  })
})

test('what is wrong with a config holds nothing that a terminal would obey', async () => {
  const evil = (text: string): string => `\u001b[2J${text}\u001b]0;x\u0007`
  const diagnostic = {
    severity: 'error',
    message: evil('m'),
    path: evil('p'),
    hint: evil('h'),
    frame: `1 | ${evil('a')}\n  | ^`,
    place: { file: evil('f'), line: 1, column: 2 },
  }
  const client = await answering(400, JSON_TYPE, JSON.stringify({ error: { diagnostics: [diagnostic] } }))
  await expect(client.get('/api/apps')).rejects.toMatchObject({
    diagnostics: [
      {
        severity: 'error',
        message: 'm',
        path: 'p',
        hint: 'h',
        frame: '1 | a\n  | ^',
        place: { file: 'f', line: 1, column: 2 },
      },
    ],
  })
})

describe('a token that git was asked for', () => {
  const judged = async (status: number, headers: Record<string, string> = JSON_TYPE): Promise<boolean[]> => {
    const told: boolean[] = []
    const judge = async (accepted: boolean): Promise<void> => void told.push(accepted)
    const client = await clientOf(
      (_request, response) => response.writeHead(status, headers).end('{}'),
      judge,
    )
    await client.get('/api/apps').catch(() => {})
    return told
  }

  test('is kept when it was taken, and forgotten when it was not', async () => {
    expect(await judged(200)).toEqual([true])
    expect(await judged(401)).toEqual([false])
  })

  test.each([302, 403, 404, 429, 502])(
    'is neither for an answer of %i, which may be anybody’s',
    async (status) => {
      expect(await judged(status)).toEqual([])
    },
  )
})
