import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'

import { describe, expect, onTestFinished, test, vi } from 'vitest'

import type { Client } from '../../src/cli/client.ts'
import { clientAt, clientOf, portOf } from './answering.ts'
import { gantry, startGantry, temporaryFolder } from './gantry.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

const asked = (client: Client) => client.get('/api/apps')

describe('what is no server', () => {
  test('is a port where nobody listens', async () => {
    const server = createTcpServer()
    const url = `http://127.0.0.1:${await portOf(server)}`
    server.close()
    await expect(asked(clientAt(url))).rejects.toMatchObject({
      message: `no server answers at ${url} (GANTRY_SERVER)`,
      hint: 'is it running, and can it be reached from here?',
    })
  })

  test('is a name that no machine has', async () => {
    await expect(asked(clientAt('https://gantry.invalid'))).rejects.toThrow(
      'there is no machine gantry.invalid to be found',
    )
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.invalid:3128')
    onTestFinished(() => void vi.unstubAllEnvs())
    await expect(asked(clientAt('https://gantry.invalid'))).rejects.toMatchObject({
      hint: expect.stringContaining('NODE_USE_ENV_PROXY=1'),
    })
  })

  test.each([
    ['a page', 200, { 'content-type': 'text/html' }, '<html>', 'it sent text/html'],
    ['something that says JSON and means something else', 200, JSON_TYPE, '{nope', 'what it sent as JSON'],
    ['a text', 200, JSON_TYPE, '"x"', 'it sent something else'],
    ['nothing', 200, JSON_TYPE, '', 'it sent something else'],
    ['a list', 200, JSON_TYPE, '[]', 'it sent something else'],
    ['somebody else’s API', 404, JSON_TYPE, '{"message":"Not Found"}', 'it answered 404'],
    ['a login of somebody else', 401, { 'www-authenticate': 'Basic realm="x"' }, '', 'it answered 401'],
  ])('is %s', async (_, status, headers, body, because) => {
    const client = await clientOf((_request, response) => response.writeHead(status, headers).end(body))
    await expect(asked(client)).rejects.toThrow(`is no Gantry server: ${because}`)
    const signal = new AbortController().signal
    await expect(Array.fromAsync(client.events('/api/x', signal))).rejects.toThrow('no Gantry server')
  })

  test('is something that does not speak HTTP', async () => {
    const port = await portOf(createTcpServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')))
    await expect(asked(clientAt(`http://127.0.0.1:${port}`))).rejects.toThrow('it does not speak HTTP')
  })
})

test('a redirect is not followed, and nobody gets the token there', async () => {
  const seen: string[] = []
  const other = await portOf(createServer((request) => void seen.push(request.headers.authorization ?? '')))
  const location = `http://127.0.0.1:${other}/api/apps`
  const client = await clientOf((_request, response) => response.writeHead(308, { location }).end())
  await expect(asked(client)).rejects.toThrow(`sends one on to ${location}`)
  expect(seen).toEqual([])
})

test.each([
  [421, 'this server does not answer for "example.com"', 'start the server with --host and that name'],
  [429, 'too many wrong tokens: wait a few minutes', undefined],
])('%s is said in the words of the server', async (status, message, hint) => {
  const client = await clientOf((_request, response) => response.writeHead(status).end(`${message}\n`))
  await expect(asked(client)).rejects.toMatchObject({ message: expect.stringContaining(message), hint })
})

test('a server that is being started behind a proxy may be asked again', async () => {
  const client = await clientOf((_request, response) => response.writeHead(502).end('<html>Bad Gateway'))
  await expect(asked(client)).rejects.toThrow('the server cannot be reached (502)')
})

describe('a server of another version', () => {
  const client = (version: string, status: number, message: string) =>
    clientOf((request, response) => {
      const about = request.url === '/api/server'
      const body = about ? { version, url: '' } : { error: { message, hint: null } }
      response.writeHead(about ? 200 : status, JSON_TYPE).end(JSON.stringify(body))
    })

  test('is named where it does not know what is asked', async () => {
    for (const [status, message] of [
      [404, 'there is no GET /api/apps'],
      [400, 'Unrecognized key: "x"'],
    ] as const) {
      await expect(asked(await client('99.0.0', status, message))).rejects.toMatchObject({
        message,
        hint: expect.stringMatching(/^the server is Gantry 99\.0\.0, newer than this one \(\d/),
      })
    }
  })

  test('is no matter where the answer has nothing to do with it', async () => {
    await expect(asked(await client('99.0.0', 404, 'there is no app "x"'))).rejects.toMatchObject({
      hint: undefined,
    })
  })
})

describe('TLS', () => {
  test('of a certificate that nobody knows is refused, and one’s own authority can be named', async () => {
    const folder = await temporaryFolder()
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    execFileSync(
      'openssl',
      // prettier-ignore
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj',
       '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert],
      { stdio: 'ignore' },
    )
    const home = await temporaryFolder()
    const listen = ['server', '--home', home, '--listen', '127.0.0.1:0', '--tls-cert', cert, '--tls-key', key]
    const server = startGantry([...listen, '--log-level', 'warn'])
    onTestFinished(async () => {
      server.kill('SIGTERM')
      await server.ended
    })
    const url = (await server.until('stdout', '\n')).trim().replace('listening on ', '')
    const made = await gantry(['token', 'create', '--scope', 'read', '--home', home])
    const env = { GANTRY_SERVER: url, GANTRY_TOKEN: made.stdout.trim() }
    const unknown = await gantry(['app', 'list'], { env })
    expect(unknown.stderr).toMatch(/the certificate of 127\.0\.0\.1:\d+ cannot be trusted: self-signed/)
    expect(unknown.stderr).toContain('NODE_EXTRA_CA_CERTS')
    expect(await gantry(['app', 'list'], { env: { ...env, NODE_EXTRA_CA_CERTS: cert } })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('no apps yet'),
    })
    const clear = await gantry(['app', 'list'], {
      env: { ...env, GANTRY_SERVER: url.replace('https', 'http') },
    })
    expect(clear.code).not.toBe(0)
    expect(clear.stderr).not.toContain('a bug in Gantry')
  })

  test('where there is none is said', async () => {
    const port = await portOf(createServer((_request, response) => response.end()))
    await expect(asked(clientAt(`https://127.0.0.1:${port}`))).rejects.toMatchObject({
      message: expect.stringContaining(`127.0.0.1:${port} does not speak TLS as it should`),
    })
  })

  test('is wanted where others could listen', async () => {
    const env = { GANTRY_SERVER: 'http://gantry.example.com', GANTRY_TOKEN: 'gantry_t' }
    const { stderr, code } = await gantry(['ps'], { env })
    expect(stderr).toContain('http://gantry.example.com would get the token in the clear')
    expect(code).toBe(2)
  })
})
