import { once } from 'node:events'
import { parseArgs } from 'node:util'

import { ScaledClock } from '../scaled-clock.ts'
import { FakeAws } from './fake-aws.ts'

/**
 * `node test/fakes/aws/serve.ts [--port 4566] [--speed 60]`: the fake for a process of its own. Prints what a client has to export, a
 * line for each variable, and ends on SIGINT or SIGTERM. Its time runs `speed` times as fast as the real one.
 */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, speed: { type: 'string', default: '1' } },
})
const [port, speed] = [Number(values.port), Number(values.speed)]
if (!Number.isInteger(port) || !(speed > 0)) {
  console.error('usage: node test/fakes/aws/serve.ts [--port N] [--speed N]')
  process.exit(2)
}

await using fake = await FakeAws.start({ port, clock: new ScaledClock(speed) })
for (const [name, value] of Object.entries(fake.environment)) console.log(`export ${name}=${value}`)

const ends = new AbortController()
await Promise.race(['SIGINT', 'SIGTERM'].map((name) => once(process, name, { signal: ends.signal })))
