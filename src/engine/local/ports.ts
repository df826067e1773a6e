import { createServer } from 'node:net'

// Below the range from which the kernel takes ports for outgoing connections (32768 on Linux), so that none of those
// can take a port between the choice and the bind.
const FIRST = 20_000
const LAST = 29_999

/** Gives each instance a port of its own. */
export class Ports {
  readonly #taken = new Set<number>()
  readonly #first: number
  readonly #last: number
  #next: number

  /** Begins anywhere in its range, so that two servers on one machine seldom try the same port; or at `start`. */
  constructor(first = FIRST, last = LAST, start = first + Math.floor(Math.random() * (last - first))) {
    this.#first = first
    this.#last = last
    this.#next = start
  }

  async take(): Promise<number> {
    for (let tries = 0; tries <= this.#last - this.#first; tries += 1) {
      const port = this.#next
      this.#next = port === this.#last ? this.#first : port + 1
      if (this.#taken.has(port)) continue
      this.#taken.add(port)
      const problem = await tryPort(port)
      if (problem === null) return port
      this.#taken.delete(port)
      // Not of this port alone: out of file descriptors, for example.
      if (problem !== 'EADDRINUSE' && problem !== 'EACCES') throw new Error(`cannot take a port: ${problem}`)
    }
    throw new Error(`no free port between ${this.#first} and ${this.#last}`)
  }

  giveBack(port: number): void {
    this.#taken.delete(port)
  }
}

/** Null when it is free on every address, as a program that binds them all will need it; else the code of the error. */
async function tryPort(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown error'))
    server.listen({ port, exclusive: true }, () => server.close(() => resolve(null)))
  })
}
