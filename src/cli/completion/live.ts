import { parse } from 'yaml'

import type { AppOptions } from '../app-option.ts'
import type { Candidate, Live } from './candidates.ts'

/** Milliseconds for which somebody who pressed Tab waits for what runs; then the config has to do. */
const PATIENCE = 1_500

/** The words that only a look at the app or the checkout tells. Asks as little as it can. */
export async function liveWords(live: Live, words: readonly string[]): Promise<Candidate[]> {
  const options = optionsIn(words)
  if (live === 'environment') return named(await environments(options))
  if (live === 'task') return named(await inConfig(options, 'tasks'))
  const names = (await inTime(running(options))) ?? (await inConfig(options, 'processes'))
  return named(live === 'count' ? names.map((name) => `${name}=`) : names)
}

/** What says which app it is, wherever in the line it stands. */
function optionsIn(words: readonly string[]): AppOptions {
  const valueOf = (long: string, short?: string): string | undefined => {
    const assigned = words.find((word) => word.startsWith(`${long}=`))
    if (assigned !== undefined) return assigned.slice(long.length + 1)
    const index = words.findIndex((word) => word === long || word === short)
    return index < 0 ? undefined : words[index + 1]
  }
  const { GANTRY_APP, GANTRY_ENVIRONMENT, GANTRY_HOME, GANTRY_SERVER } = process.env
  return {
    dir: valueOf('--dir', '-C') ?? '.',
    app: valueOf('--app', '-a') ?? GANTRY_APP,
    environment: valueOf('--environment', '-e') ?? GANTRY_ENVIRONMENT,
    server: valueOf('--server') ?? GANTRY_SERVER,
    home: valueOf('--home') ?? GANTRY_HOME,
  }
}

async function running(options: AppOptions): Promise<string[]> {
  const { connectToApp } = await import('../connect.ts')
  const { processes } = await (await connectToApp(options, { ask: false })).running()
  return processes.map(({ spec }) => spec.name)
}

async function inConfig(options: AppOptions, kind: 'processes' | 'tasks'): Promise<string[]> {
  const { readCheckoutConfig } = await import('../checkout-config.ts')
  return (await readCheckoutConfig(options)).app[kind].map(({ name }) => name)
}

async function environments({ dir }: AppOptions): Promise<string[]> {
  const { folderFiles } = await import('../../config/folder.ts')
  const config: unknown = parse((await folderFiles(dir).read('gantry.yml')) ?? '')
  const { environments: found } = (config ?? {}) as { environments?: object }
  return Object.keys(found ?? {})
}

/** Null where it takes too long, or fails: nothing runs yet, or nobody is signed in. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), PATIENCE)
  try {
    return await Promise.race([work.catch(() => null), late])
  } finally {
    clearTimeout(timer)
  }
}

function named(words: readonly string[]): Candidate[] {
  return words.map((word) => ({ word, about: '' }))
}
