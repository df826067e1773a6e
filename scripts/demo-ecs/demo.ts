/** `npm run demo:ecs`: the way of a change to AWS ECS, on a fake of it. */
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { commentOf } from '../../src/report/markdown/comment.ts'
import { planReport } from '../../src/report/markdown/report.ts'
import { chapter, interruption, say, show, untilEnded } from '../demo/narration.ts'
import { SPEED, Stage } from './stage.ts'

const { values } = parseArgs({
  options: { exit: { type: 'boolean', default: false }, comment: { type: 'string' } },
})
const interrupted = interruption()
await using stage = await Stage.open()
await play()
if (!values.exit) await stayOpen()

async function play(): Promise<void> {
  chapter('An AWS that is made up')
  say(`ECS, ECR, SSM and the rest answer at ${stage.fake.url}; time goes by ${SPEED} times as fast there.`)
  say(
    stage.images.lacks === null
      ? 'Images are built for real by the Docker engine here, and pushed to a registry on the loopback.'
      : `Images are not built: ${stage.images.lacks}.`,
  )

  chapter('Push: build, plan, migrate, roll out')
  await stage.push('First version')
  show(['gantry', 'plan'])
  console.log(await stage.gantry('plan'))
  assert.equal(await stage.deploy(), 0)
  show(['gantry', 'ps'])
  console.log(await stage.gantry('ps'))

  chapter("Change only the worker's settings: nothing is built, only the worker rolls")
  const [web, worker] = [stage.revision('web'), stage.revision('worker')]
  const before = stage.fake.calls.length
  await stage.checkout.edit('gantry.yml', (text) => text.replace(`PAUSE: '5'`, `PAUSE: '2'`))
  await stage.push('Let the worker rest less')
  assert.equal(await stage.deploy(), 0)
  assert.equal(stage.revision('web'), web)
  assert.notEqual(stage.revision('worker'), worker)
  say(`UpdateService was called for ${updatedSince(before).join(', ')} alone; web still runs ${web}.`)

  chapter('A rollout that fails: it goes back by itself')
  const good = stage.revision('worker')
  await stage.checkout.edit('gantry.yml', (text) =>
    text.replace('command: /bin/worker', 'command: /bin/worker --express'),
  )
  await stage.push('Sort express parcels first')
  assert.equal(await stage.deploy(), 1)
  assert.deepEqual([stage.revision('web'), stage.revision('worker')], [web, good])
  say(`The worker is back on ${good}, and web was never touched.`)

  chapter('A pull request: the comment that reviewers read')
  await stage.checkout.git('checkout', '--quiet', '-b', 'more-weight')
  await stage.checkout.edit('gantry.yml', (text) =>
    text.replace(' --express', '').replace('demand_count: 2', 'demand_count: 3\n    cpu: 0.5\n    memory: 1'),
  )
  await stage.push('Larger instances for the web')
  const file = await writeComment()
  say(`Written to ${file}`)
}

/** Names of the services that were updated after so many calls. */
function updatedSince(calls: number): string[] {
  const updates = stage.fake.calls.slice(calls).filter(({ operation }) => operation === 'UpdateService')
  return [...new Set(updates.map(({ input }) => String(input['service'])))]
}

async function writeComment(): Promise<string> {
  const commit = await stage.checkout.git('rev-parse', 'HEAD')
  const subject = { app: 'parcels', environment: 'default', commit, run: null }
  const comment = commentOf(subject, planReport(subject, await stage.plan()))
  console.log(comment)
  const file = values.comment ?? join(stage.folder, 'comment.md')
  await writeFile(file, comment)
  return file
}

async function stayOpen(): Promise<void> {
  chapter('The fake goes on until Ctrl-C')
  const variables = Object.entries(stage.fake.environment).map(([name, value]) => `${name}=${value}`)
  console.log(`  the checkout ${stage.checkout.folder}`)
  console.log(`  commands     ${variables.join(' ')} npm run -s gantry -- -C ${stage.checkout.folder} ps`)
  await untilEnded(interrupted)
}
