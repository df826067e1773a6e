import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'

import { pino } from 'pino'

import packageJson from '../../package.json' with { type: 'json' }
import { systemClock } from '../app/clock.ts'
import { UserError } from '../app/errors.ts'
import { LocalEngine } from '../engine/local/local-engine.ts'
import { hostOf } from '../engine/local/proxy/hosts.ts'
import { Proxy } from '../engine/local/proxy/proxy.ts'
import { checkGit } from '../git/version.ts'
import { createApi } from './api/api.ts'
import { Apps } from './apps.ts'
import { Audit } from './audit.ts'
import type { Context } from './context.ts'
import { Deployments } from './deployments.ts'
import { Dispatch } from './dispatch.ts'
import { Engines } from './engines.ts'
import { createGitDoor } from './git-door.ts'
import { keepHouse } from './housekeeping.ts'
import { Idempotency } from './idempotency.ts'
import { PushReceiver } from './git/receive.ts'
import { OWNER } from './identity.ts'
import { closeServer, createPortServer, isWebSocket, listen, type ListenOptions } from './listen.ts'
import { logDeployment, logLost } from './log.ts'
import { Operations } from './operations.ts'
import { createPortApp } from './port-app.ts'
import { PushDeployer } from './push.ts'
import { PushReception } from './push-reception.ts'
import { RefMoves } from './ref-moves.ts'
import { restore } from './restore.ts'
import { ShellDoor } from './shell-door.ts'
import { Tokens } from './tokens.ts'
import { routeUpgrade } from './upgrade.ts'

export interface ServerOptions {
  /** The folder that holds everything. One server at a time. */
  home: string
  listen: { host: string; port: number }
  /** Apps are reached as `<app>.<domain>`. */
  domain: string
  /** More names under which the server itself is reached. */
  hosts: string[]
  tlsCert: string | null
  tlsKey: string | null
  behindProxy: boolean
  /** `info`, `warn`, `silent`, …: the server's own log, on standard error. */
  logLevel: string
}

export interface RunningServer {
  url: string
  /** Stops everything in order. What runs comes back with the next start. */
  close(): Promise<void>
}

/** Unix sockets have short names (unix(7): 108 bytes). */
const LONGEST_SOCKET_PATH = 103

/** Starts the server: the git door, the API, the proxy and the engine behind them. Resolves when it listens. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  await checkGit()
  const listenOptions: ListenOptions = { ...options.listen, ...options }
  const { server: port, scheme } = await createPortServer(listenOptions)
  const clock = systemClock
  const log = pino({ level: options.logLevel }, pino.destination({ dest: 2, sync: true }))
  const engine = await LocalEngine.open(options.home, clock, (app, instance, reason) =>
    logLost(log, app, instance, reason),
  )
  const opened: Server[] = []
  let closeReceiver = async (): Promise<void> => {}
  try {
    const { controlSocket, hookSocket } = engine.paths
    if (Buffer.byteLength(controlSocket) > LONGEST_SOCKET_PATH) {
      throw new UserError(`the path of the home is too long: ${options.home}`, {
        hint: 'choose a --home of 90 characters at most',
      })
    }
    let closing = false
    const engines = new Engines(engine, clock)
    const apps = new Apps(engines, clock)
    const deployments = new Deployments(({ name }) => engines.of(apps.get(name)), engine.db, clock, {
      onBug: (error) => log.error({ err: error }, 'bug'),
      mayBegin: ({ name }) => void apps.get(name),
      onEnd: ({ name }) => closing || tidyUp(context, name),
      teller: (app, number) => logDeployment(log, app, number),
    })
    const address = { url: '', port: 0 }
    const context: Context = {
      engines,
      clock,
      apps,
      deployments,
      log,
      tokens: new Tokens(engine.db, clock),
      audit: new Audit(engine.db, clock),
      idempotency: new Idempotency(engine.db, clock),
      operations: new Operations(engines, apps, deployments, clock),
      refMoves: new RefMoves(engine.db),
      shells: new ShellDoor(),
      server: { url: '', version: packageJson.version },
      // Something in front ends TLS and is reached at the usual port.
      addressOf: (app, process) =>
        options.behindProxy
          ? `https://${hostOf(app, process, options.domain)}`
          : `${scheme}://${hostOf(app, process, options.domain)}:${address.port}`,
    }
    await restore(context)

    const reception = new PushReception(context, new PushDeployer(context))
    const receiver = new PushReceiver({
      hookSocket,
      onPush: (push) => reception.receive(push),
      onFailure: (error) => log.error({ err: error }, 'git failed'),
    })
    await receiver.listen()
    closeReceiver = () => receiver.close()

    const control = createApi(context, () => OWNER)
    const controlServer = createServer({ shouldUpgradeCallback: isWebSocket }, control)
    controlServer.on('upgrade', (request, socket, head) => routeUpgrade(control, request, { socket, head }))
    await rm(controlSocket, { force: true })
    await listenPrivately(controlServer, controlSocket)
    opened.push(controlServer)

    const portApp = createPortApp(context, createGitDoor(context, receiver), options.behindProxy)
    const proxy = new Proxy(engine.router, { trustForwarded: options.behindProxy })
    const dispatch = new Dispatch({
      apps,
      proxy,
      domain: options.domain,
      hosts: options.hosts,
      control: portApp,
    })
    port.on('request', (request, response) => dispatch.request(request, response))
    port.on('upgrade', (request, socket, head) => dispatch.upgrade(request, socket, head))
    // A large push over a slow line takes as long as it takes; the git door watches that bytes keep coming.
    port.requestTimeout = 0
    address.port = await listen(port, options.listen)
    opened.push(port)
    context.server.url = `${scheme}://${options.listen.host.includes(':') ? `[${options.listen.host}]` : options.listen.host}:${address.port}`

    log.info({ ...context.server, apps: apps.list().length }, 'started')
    return {
      url: context.server.url,
      close: async () => {
        closing = true
        log.info('stopping')
        await Promise.all([deployments.close(), context.shells.close()])
        await Promise.all(opened.map(closeServer))
        await receiver.close()
        await engine.close()
        log.info('stopped')
      },
    }
  } catch (error) {
    await Promise.all([...opened.map(closeServer), closeReceiver()])
    await engine.close()
    throw error
  }
}

/** In the background: nobody waits for it, and what it does not get done it does the next time. */
function tidyUp(context: Context, name: string): void {
  const app = context.apps.find(name)
  if (app === null) return
  keepHouse(context, app).catch((error: unknown) =>
    context.log.warn({ err: error, app: name }, 'not tidied up'),
  )
}

/** The socket is made with the mode that only its owner may use, not given it afterwards. */
async function listenPrivately(server: Server, path: string): Promise<void> {
  const before = process.umask(0o177)
  try {
    await listen(server, { path })
  } finally {
    process.umask(before)
  }
}
