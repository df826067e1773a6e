// Answers with who it is, so that one sees which instance one talks to.
import { createServer } from 'node:http'

const version = 1
const server = createServer((request, response) => {
  if (request.url === '/healthz') return response.end('ok\n')
  response.setHeader('content-type', 'application/json')
  response.end(
    `${JSON.stringify({ says: `${process.env.GREETING} from ${process.env.DYNO}`, version, pid: process.pid })}\n`,
  )
})
server.listen(process.env.PORT, () => console.log(`listening on ${process.env.PORT}`))

// Finish what is being answered, then go.
process.on('SIGTERM', () => server.close(() => process.exit(0)))
