/** An instance and the port of this machine where it answers. */
export interface Upstream {
  instance: string
  port: number
}

/** One request on its way: holds its instance until it ends. */
export interface Passage {
  upstream: Upstream
  /** It has become a stream that may go on for ever: it no longer holds up a drain. */
  becomeStream: () => void
  /** May be called more than once. */
  end: () => void
}

export interface DrainOptions {
  /** Milliseconds. */
  timeout: number
  signal?: AbortSignal
}

interface Load {
  requests: number
  streams: number
  /** Called when the last request has ended. */
  onIdle: Set<() => void>
}

interface Route {
  public: boolean
  upstreams: readonly Upstream[]
  /** Where the round robin goes on. */
  next: number
}

/** Which instances answer for which process, and what each of them is doing. */
export class Router {
  readonly #apps = new Map<string, Map<string, Route>>()
  readonly #loads = new Map<string, Load>()

  /** From now on exactly these instances get the process's requests. */
  set(app: string, process: string, upstreams: readonly Upstream[]): void {
    this.#route(app, process).upstreams = [...upstreams]
  }

  /** Only what is exposed is reached from outside. */
  expose(app: string, process: string, isPublic: boolean): void {
    this.#route(app, process).public = isPublic
  }

  remove(app: string, process: string): void {
    this.#apps.get(app)?.delete(process)
    if (this.#apps.get(app)?.size === 0) this.#apps.delete(app)
  }

  /** The process that the app's own host goes to: `web`, else the first public one by name. Null: none is public. */
  main(app: string): string | null {
    const routes = [...(this.#apps.get(app) ?? [])].filter(([, route]) => route.public)
    const names = routes.map(([name]) => name).sort()
    return names.includes('web') ? 'web' : (names[0] ?? null)
  }

  isPublic(app: string, process: string): boolean {
    return this.#apps.get(app)?.get(process)?.public ?? false
  }

  /** Takes the instance with the least to do, in turn where several have as little. Null: there is none. */
  enter(app: string, process: string, except: ReadonlySet<string> = new Set()): Passage | null {
    const route = this.#apps.get(app)?.get(process)
    if (route === undefined) return null
    const { upstreams, next } = route
    let best: number | null = null
    for (let step = 0; step < upstreams.length; step++) {
      const index = (next + step) % upstreams.length
      const { instance } = upstreams[index]!
      if (except.has(instance)) continue
      if (best === null || this.#busy(instance) < this.#busy(upstreams[best]!.instance)) best = index
    }
    if (best === null) return null
    route.next = best + 1
    return this.#passage(upstreams[best]!)
  }

  /** Requests and streams of an instance that have not ended. */
  inFlight(instance: string): { requests: number; streams: number } {
    const { requests, streams } = this.#loads.get(instance) ?? { requests: 0, streams: 0 }
    return { requests, streams }
  }

  /**
   * Resolves when no request is under way on an instance, or at the timeout, or when the signal fires. Take it out with
   * `set` first. Streams do not count: they would hold up a rollout for ever, and the app ends them on SIGTERM.
   */
  async drain(instance: string, { timeout, signal }: DrainOptions): Promise<void> {
    const load = this.#loads.get(instance)
    if (load === undefined || load.requests === 0 || signal?.aborted) return
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', finish)
        load.onIdle.delete(finish)
        resolve()
      }
      const timer = setTimeout(finish, timeout)
      signal?.addEventListener('abort', finish)
      load.onIdle.add(finish)
    })
  }

  #passage(upstream: Upstream): Passage {
    const load = this.#loads.get(upstream.instance) ?? { requests: 0, streams: 0, onIdle: new Set() }
    this.#loads.set(upstream.instance, load)
    load.requests += 1
    let counted: 'requests' | 'streams' | null = 'requests'
    const become = (next: 'streams' | null): void => {
      if (counted === null) return
      load[counted] -= 1
      if (next !== null) load[next] += 1
      counted = next
      if (load.requests === 0) for (const notify of load.onIdle) notify()
      if (load.requests + load.streams === 0) this.#loads.delete(upstream.instance)
    }
    return { upstream, becomeStream: () => become('streams'), end: () => become(null) }
  }

  #route(app: string, process: string): Route {
    let routes = this.#apps.get(app)
    if (routes === undefined) this.#apps.set(app, (routes = new Map<string, Route>()))
    let route = routes.get(process)
    if (route === undefined) routes.set(process, (route = { public: false, upstreams: [], next: 0 }))
    return route
  }

  #busy(instance: string): number {
    const { requests, streams } = this.inFlight(instance)
    return requests + streams
  }
}
