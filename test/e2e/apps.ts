/** A web process that says who it is. `boom` in the environment makes it end at once. */
export const WEB = `
import { createServer } from 'node:http'
if (process.env.BOOM) { console.error('boom: ' + process.env.BOOM); process.exit(9) }
createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ version: process.env.VERSION ?? VERSION, env: process.env, cwd: process.cwd() }))
}).listen(process.env.PORT, () => console.log('web listens'))
process.on('SIGTERM', () => process.exit(0))
`

export function web(version: string): string {
  return `const VERSION = ${JSON.stringify(version)}\n${WEB}`
}

export const WORKER = `
console.log('worker works')
setInterval(() => {}, 1000)
`

export const SHOP = `
processes:
  web: {command: node web.mjs}
  worker: {command: node worker.mjs, rollout: {min_up: 0.2}}
`

export function shop(version: string, config = SHOP): Record<string, string> {
  return { 'gantry.yml': config, 'web.mjs': web(version), 'worker.mjs': WORKER }
}
