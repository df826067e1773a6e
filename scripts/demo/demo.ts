/** `npm run demo`: the way of a change from a push to running processes, on this machine, with nothing made up. */
import assert from 'node:assert/strict'

import { chapter, interruption, say, untilEnded } from './narration.ts'
import { Stage } from './stage.ts'

const leave = process.argv.includes('--exit')
const interrupted = interruption()

const stage = await Stage.open()
try {
  await play()
  if (!leave && !interrupted.aborted) await stayOpen()
} finally {
  console.log('\nStopping the server and everything it runs.')
  await stage.close()
}

async function play(): Promise<void> {
  chapter('Make an app and a token, and push')
  await stage.gantry('app', 'create', 'hello')
  const token = (await stage.gantry('token', 'create', '--app', 'hello')).trim()
  await stage.checkout.git('init', '--quiet', '--initial-branch', 'main')
  await stage.checkout.git(
    'remote',
    'add',
    'gantry',
    `${stage.url.replace('://', `://any:${token}@`)}/hello.git`,
  )
  assert.equal(await stage.push('First version'), 0)
  await answer('The app answers')

  chapter("Change only the worker's settings: nothing is built, only the worker rolls")
  const [web, worker] = [await ids('web'), await ids('worker')]
  await stage.checkout.edit('gantry.yml', (text) => text.replace(/PAUSE: .1./, `PAUSE: '2'`))
  assert.equal(await stage.push('Let the worker rest longer'), 0)
  assert.deepEqual(await ids('web'), web)
  assert.notDeepEqual(await ids('worker'), worker)
  say(`The web instances are the same as before: ${web.join(', ')}`)

  chapter('Push a migration that fails: it is refused, and the old version still answers')
  await stage.checkout.edit(
    'migrate.js',
    (text) => `${text}\nthrow new Error('column paid exists already')\n`,
  )
  await stage.checkout.edit('web.js', (text) => text.replace('version = 1', 'version = 2'))
  assert.notEqual(await stage.push('Version 2, with a bad migration'), 0)
  assert.deepEqual(await ids('web'), web)
  assert.equal((await answer('Still the old version')).version, 1)
  await stage.checkout.git('reset', '--quiet', '--hard', 'HEAD~1')

  chapter('Pin the worker to the image of v1; the next push leaves it alone')
  console.log(await stage.gantry('process', 'set', 'worker', 'image=release:v1'))
  const pinned = await ids('worker')
  await stage.checkout.edit('web.js', (text) => text.replace('version = 1', 'version = 2'))
  assert.equal(await stage.push('Version 2'), 0)
  assert.deepEqual(await ids('worker'), pinned)
  assert.equal((await answer('The new version')).version, 2)
  say(`The pinned worker is the same as before: ${pinned.join(', ')}`)
  console.log(await stage.gantry('ps'))
}

async function ids(process: string): Promise<string[]> {
  return (await stage.instances(process)).map((instance) => instance.id).sort()
}

async function answer(title: string): Promise<Record<string, unknown>> {
  const body = await stage.open('hello')
  say(`${title}: ${JSON.stringify(body)}`)
  return body
}

async function stayOpen(): Promise<void> {
  const { port } = new URL(stage.url)
  chapter('Everything keeps running until Ctrl-C')
  console.log(`  the app      http://hello.localhost:${port}/`)
  console.log(`  the server   ${stage.url}`)
  console.log(`  the checkout ${stage.checkout.folder}   (commit there, then: git push gantry main)`)
  console.log(`  commands     GANTRY_HOME=${stage.home} npm run -s gantry -- ps`)
  await untilEnded(interrupted)
}
