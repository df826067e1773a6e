import { once } from 'node:events'
import { parseArgs } from 'node:util'

import { messageOf } from '../../../src/app/errors.ts'
import { ScaledClock } from '../scaled-clock.ts'
import { pretending } from './ecs/behaviour.ts'
import { FakeAws } from './fake-aws.ts'

const USAGE = `usage: npm run fake-aws -- [--port N] [--speed N]

  --port N    on the loopback (default: one that is free)
  --speed N   how many times as fast as real time goes by (default: 60)
  --help      this text

Prints the variables that a client has to export, a line for each, and ends on SIGINT or SIGTERM.`

/** Null: the options are not these. */
function optionsOf(args: string[]): { port: number; speed: number; help: boolean } | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '0' },
        speed: { type: 'string', default: '60' },
        help: { type: 'boolean', default: false },
      },
    })
    const [port, speed] = [Number(values.port), Number(values.speed)]
    const isPort = Number.isInteger(port) && port >= 0 && port < 65_536
    return isPort && speed > 0 ? { port, speed, help: values.help } : null
  } catch {
    return null
  }
}

/** The fake for a process of its own. */
async function serve(port: number, speed: number): Promise<void> {
  await using fake = await FakeAws.start({ port, clock: new ScaledClock(speed) })
  fake.ecs.behaviour = pretending
  for (const [name, value] of Object.entries(fake.environment)) console.log(`export ${name}=${value}`)
  const ends = new AbortController()
  await Promise.race(['SIGINT', 'SIGTERM'].map((name) => once(process, name, { signal: ends.signal })))
}

const options = optionsOf(process.argv.slice(2))
if (options === null) {
  console.error(USAGE)
  process.exitCode = 2
} else if (options.help) console.log(USAGE)
else {
  await serve(options.port, options.speed).catch((error: unknown) => {
    console.error(messageOf(error))
    process.exitCode = 1
  })
}
