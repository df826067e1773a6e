/**
 * What AWS's plugin does, as far as Gantry leans on it: it takes its session from the environment, and hands on keys, output
 * and the size of its terminal. The command runs here, on a terminal of its own as in a container: the fake AWS has
 * written it into the URL of the session.
 */
import { spawnSync } from 'node:child_process'

import { spawn } from '@lydell/node-pty'

const [variable = '', region, operation, profile, target, endpoint] = process.argv.slice(2)
const session = JSON.parse(process.env[variable] ?? 'null') as {
  sessionId: string
  streamUrl: string
  tokenValue: string
} | null
if (session === null || operation !== 'StartSession' || endpoint !== `https://ssm.${region}.amazonaws.com`) {
  console.log('Unknown operation. Use --version or start a session.')
  process.exit(1)
}
if (profile !== '' || !/^\{"Target":"ecs:default_\w+_\w+-\w+"\}$/.test(target ?? '')) process.exit(1)
if (session.tokenValue !== `token-of-${session.sessionId}`) process.exit(1)
const command = new URL(session.streamUrl).searchParams.get('command') ?? ''

// As it does with the terminal that it is at.
spawnSync('stty', ['cbreak', '-echo', 'min', '1'], { stdio: 'inherit' })
process.stdout.write(`\nStarting session with SessionId: ${session.sessionId}\r\n`)
const { columns, rows } = process.stdout
const container = spawn('/bin/sh', ['-c', `exec ${command}`], {
  cols: columns,
  rows,
  cwd: '/',
  env: { PATH: process.env['PATH'], HOME: '/', IN_CONTAINER: 'yes' },
})
container.onData((text) => process.stdout.write(text))
process.stdin.on('data', (keys: Buffer) => container.write(keys.toString('utf8')))
process.stdout.on('resize', () => container.resize(process.stdout.columns, process.stdout.rows))
container.onExit(() => {
  process.stdout.write(`\n\nExiting session with sessionId: ${session.sessionId}.\n\n`, () => process.exit(0))
})
