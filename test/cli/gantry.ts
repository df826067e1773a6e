import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { onTestFinished } from 'vitest'

import { COMPILE_CACHE } from '../compile-cache.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export interface GantryOptions {
  cwd?: string
  env?: Record<string, string>
  /** Standard input; empty without one. */
  input?: string
}

export interface Ended {
  stdout: string
  stderr: string
  code: number | null
}

export interface Gantry {
  ended: Promise<Ended>
  /** All that a stream has said so far. */
  said(stream: 'stdout' | 'stderr'): string
  /** Resolves with all that a stream has said once it holds this; rejects when it ends before. */
  until(stream: 'stdout' | 'stderr', wanted: string): Promise<string>
  kill(signal: NodeJS.Signals): void
}

/** Starts the command line as a person would, in an environment that says nothing else. */
export function startGantry(args: readonly string[], options: GantryOptions = {}): Gantry {
  return startProgram(MAIN, args, options)
}

/** Starts a program of ours in the same way. */
export function startProgram(program: string, args: readonly string[], options: GantryOptions = {}): Gantry {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd ?? tmpdir(),
    env: {
      PATH: process.env['PATH'],
      HOME: join(tmpdir(), 'gantry-nobody'),
      GIT_CONFIG_NOSYSTEM: '1',
      ...COMPILE_CACHE,
      ...options.env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => void (said[name] += text))
  }
  const ended = once(child, 'close').then(([code]) => ({ ...said, code: code as number | null }))
  return {
    ended,
    said: (name) => said[name],
    kill: (signal) => void child.kill(signal),
    until: (name, wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (said[name].includes(wanted)) resolve(said[name])
        }
        child[name].on('data', look)
        child.once('close', () => {
          reject(new Error(`it ended before it said ${wanted}: ${said.stdout}${said.stderr}`))
        })
        look()
      }),
  }
}

export function gantry(args: readonly string[], options: GantryOptions = {}): Promise<Ended> {
  return startGantry(args, options).ended
}

/** A folder that is gone after the test, or after whatever else the cleanup belongs to. */
export async function temporaryFolder(
  whenDone: (clean: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-cli-'))
  whenDone(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface RunningServer {
  url: string
  /** Gives the exit code. */
  stop(): Promise<number | null>
}

/** A server on a free port. It listens when this resolves. */
export async function startServer(home: string): Promise<RunningServer> {
  const server = startGantry(['server', '--home', home, '--listen', '127.0.0.1:0', '--log-level', 'warn'])
  const said = await server.until('stdout', '\n')
  return {
    url: said.trim().replace('listening on ', ''),
    stop: async () => {
      server.kill('SIGTERM')
      return (await server.ended).code
    },
  }
}
