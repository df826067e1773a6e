import { buildImages } from '../../src/deploy/build.ts'
import { preview } from '../../src/deploy/preview.ts'
import { transitions, withDigests } from '../../src/plan/plan.ts'
import type { Workshop } from './workshop.ts'

const signal = new AbortController().signal

/** A deployment whose deployer died when it had rolled out these processes. Its number. */
export async function dead(shop: Workshop, commit: string, rolled: readonly string[]): Promise<number> {
  const { app, engine } = shop
  const { number } = await engine.ledger.open(app, { kind: 'deploy', commit, by: 'dead', title: 'Dead' })
  await engine.ledger.start(app, number)
  const wanted = await shop.want(commit)
  const { plan, running } = await preview(engine, app, wanted, {})
  const digests = await buildImages({ app, number, engine, signal, emit: () => {} }, wanted, plan)
  const all = transitions(withDigests(plan, digests))
  const processes = all.map(({ name, before }) => ({ name, before }))
  await engine.ledger.record(app, number, { processes, schedules: running.schedules })
  const done = all.filter(({ name }) => rolled.includes(name))
  await engine.rollout(app, done, { signal, report: () => {} })
  return number
}
