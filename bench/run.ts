/** `npm run bench [NAME…]`: every figure with its baseline and its budget (design §10). */
import { measureEcsCalls } from './ecs-calls.ts'
import { measureAction } from './action.ts'
import { measureMemory } from './memory.ts'
import { measurePlan } from './plan.ts'
import { measurePushToLive } from './push-to-live.ts'
import { measureReceive } from './receive.ts'
import { print, type Measure } from './report.ts'
import { measureRolling } from './rolling.ts'
import { measureSteady } from './steady.ts'

const BENCHES: Record<string, { title: string; measure: () => Promise<Measure[]> }> = {
  plan: { title: 'Planning, CPU time', measure: measurePlan },
  live: { title: 'From `git push` to live, the example app', measure: measurePushToLive },
  receive: { title: 'Receiving a push, against `git http-backend` alone', measure: measureReceive },
  rolling: { title: 'Requests lost in 20 rolling deploys under load', measure: measureRolling },
  steady: { title: 'From steady on ECS to said so, in seconds of the rollout', measure: measureSteady },
  calls: { title: 'Deploying to ECS, 40 ms a call', measure: measureEcsCalls },
  action: { title: 'The Action, from the start of Node', measure: measureAction },
  memory: { title: 'An idle server', measure: measureMemory },
}

const chosen = process.argv.slice(2)
const unknown = chosen.find((name) => !(name in BENCHES))
if (unknown !== undefined) {
  console.error(`no bench ${unknown}: there are ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}
let over = false
for (const [name, { title, measure }] of Object.entries(BENCHES)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const measures = await measure()
  print(title, measures)
  over ||= measures.some((each) => !each.ok)
}
process.exitCode = over ? 1 : 0
