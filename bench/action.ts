import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { systemClock } from '../src/app/clock.ts'
import { CONFIG, World } from '../test/e2e/action/world.ts'
import { showBytes } from '../src/report/units.ts'
import { median, ms, type Measure } from './report.ts'

const ROUNDS = 9
/** Milliseconds from the start of Node to the first line, here. */
const BUDGET = 150
const DIST = join(import.meta.dirname, '../dist')

/** The built Action under the fake runner, against a Node that does nothing in the same run. */
export async function measureAction(): Promise<Measure[]> {
  await using world = await World.start()
  const sha = world.commit(CONFIG)
  const deployed = await world.push(sha)
  if (deployed.code !== 0) throw new Error(deployed.stdout)
  const rounds = await inTurn(ROUNDS, () => unchangedPush(world, sha))
  const node = median(await inTurn(ROUNDS, bareNode))
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick))
  const against = (value: number): string => `Node alone ${ms(node)} (× ${(value / node).toFixed(1)})`
  const line = of(({ firstLine }) => firstLine)
  const call = of(({ firstCall }) => firstCall)
  const end = of(({ ended }) => ended)
  return [
    {
      what: 'to the first line',
      value: ms(line),
      against: against(line),
      budget: ms(BUDGET),
      ok: line <= BUDGET,
    },
    { what: 'to the first call of AWS', value: ms(call), against: against(call), budget: '', ok: true },
    { what: 'an unchanged push, to its end', value: ms(end), against: against(end), budget: '', ok: true },
    await loadedBytes(world, sha),
  ]
}

interface Round {
  firstLine: number
  firstCall: number
  ended: number
}

/** Milliseconds since its process was started. */
async function unchangedPush(world: World, sha: string): Promise<Round> {
  world.aws.calls.length = 0
  const { program, started, ended } = await world.start(sha)
  const since = (): number => performance.now() - started
  await program.until('stdout', 'Gantry ')
  const firstLine = since()
  while (world.aws.calls.length === 0) await systemClock.sleep(0.001)
  const firstCall = since()
  const { code, stdout } = await ended
  if (code !== 0) throw new Error(stdout)
  return { firstLine, firstCall, ended: since() }
}

async function bareNode(): Promise<number> {
  const started = performance.now()
  await promisify(execFile)(process.execPath, ['--eval', ''])
  return performance.now() - started
}

/** Against all that is built. */
async function loadedBytes(world: World, sha: string): Promise<Measure> {
  const file = join(world.runner.workspace, '.git/loaded-bytes')
  const hooks = join(import.meta.dirname, 'loaded-bytes.ts')
  const environment = { ...world.aws.environment, NODE_OPTIONS: `--import ${hooks}`, LOADED_BYTES: file }
  await world.push(sha, { environment })
  const loaded = Number(await readFile(file, 'utf8'))
  const all = await builtBytes()
  return {
    what: 'JavaScript that it loads',
    value: showBytes(loaded),
    against: `all that is built ${showBytes(all)} (× ${(loaded / all).toFixed(2)})`,
    budget: '',
    ok: true,
  }
}

async function builtBytes(): Promise<number> {
  const names = await readdir(DIST, { recursive: true })
  const sizes = await Promise.all(
    names.filter((name) => name.endsWith('.js')).map(async (name) => (await stat(join(DIST, name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function inTurn<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let round = 0; round < times; round++) results.push(await run())
  return results
}
