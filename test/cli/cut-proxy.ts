import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a server that breaks when it is told to. */
export class CutProxy implements AsyncDisposable {
  readonly #server = createServer((socket) => this.#pass(socket))
  readonly #target: URL
  readonly #sockets = new Set<Socket>()
  /** Bytes that came from the server. */
  received = ''

  private constructor(target: string) {
    this.#target = new URL(target)
  }

  static async to(target: string): Promise<CutProxy> {
    const proxy = new CutProxy(target)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Breaks every connection that is open. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  #pass(socket: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname)
    server.on('data', (bytes) => void (this.received += bytes.toString()))
    for (const [each, other] of [
      [socket, server],
      [server, socket],
    ] as const) {
      this.#sockets.add(each)
      each
        .on('error', () => {})
        .on('close', () => {
          this.#sockets.delete(each)
          other.destroy()
        })
      each.pipe(other)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
    this.cut()
    await once(this.#server, 'close')
  }
}
