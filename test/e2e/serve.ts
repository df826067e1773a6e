/** A server as a process of its own, so that tests can kill it: `node serve.ts HOME PORT`. */
import { startServer } from '../../src/server/server.ts'

const [home = '', port = '0'] = process.argv.slice(2)
const server = await startServer({
  home,
  listen: { host: '127.0.0.1', port: Number(port) },
  domain: 'localhost',
  hosts: [],
  tlsCert: null,
  tlsKey: null,
  behindProxy: false,
  logLevel: process.env['LOG_LEVEL'] ?? 'fatal',
})
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)))
console.log(`listening on ${server.url}`)
