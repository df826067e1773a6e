import type { Clock } from '../../../../src/app/clock.ts'

export interface Version {
  name: string
  version: number
  type: 'String' | 'StringList' | 'SecureString'
  value: string
  tier: 'Standard' | 'Advanced'
  description: string | undefined
  keyId: string | undefined
  /** Milliseconds since the epoch. */
  modified: number
}

/** One thing that happened to a parameter; null: it was deleted. */
interface Change {
  at: number
  version: Version | null
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html */
const KEPT_VERSIONS = 100

/** Parameters with all their versions, as they are and, for readers that lag, as they were. */
export class ParameterStore {
  /** Seconds by which reads lag behind writes. */
  lag = 0
  readonly #clock: Clock
  readonly #changes = new Map<string, Change[]>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The newest version as a writer finds it: without lag. */
  current(name: string): Version | null {
    return this.#changes.get(aliasOf(name))?.at(-1)?.version ?? null
  }

  /** Seconds since it was deleted; null: it is there, or never was. */
  goneFor(name: string): number | null {
    const last = this.#changes.get(aliasOf(name))?.at(-1)
    return last?.version === null ? (this.#clock.now() - last.at) / 1_000 : null
  }

  write(version: Omit<Version, 'version' | 'modified'>): Version {
    const written: Version = {
      ...version,
      version: (this.current(version.name)?.version ?? 0) + 1,
      modified: this.#clock.now(),
    }
    this.#add(version.name, written)
    return written
  }

  /** Whether there was something to delete. */
  delete(name: string): boolean {
    if (this.current(name) === null) return false
    this.#add(name, null)
    return true
  }

  /** The kept versions that a reader sees, oldest first. */
  history(name: string): Version[] {
    const seen = (this.#changes.get(aliasOf(name)) ?? []).filter(
      ({ at }) => at <= this.#clock.now() - this.lag * 1_000,
    )
    const since = seen.slice(seen.findLastIndex(({ version }) => version === null) + 1)
    return since.flatMap(({ version }) => (version === null ? [] : [version])).slice(-KEPT_VERSIONS)
  }

  /** The version of that number, or the newest, that a reader sees. */
  read(name: string, version: number | null): Version | null {
    const versions = this.history(name)
    return versions.findLast((each) => version === null || each.version === version) ?? null
  }

  /** The newest version of every parameter that a reader sees. */
  all(): Version[] {
    return [...this.#changes.keys()].flatMap((name) => this.read(name, null) ?? [])
  }

  #add(name: string, version: Version | null): void {
    const changes = this.#changes.get(aliasOf(name)) ?? []
    this.#changes.set(aliasOf(name), [...changes, { at: this.#clock.now(), version }])
  }
}

/** `a` and `/a` are one parameter: only deeper names need the slash. */
function aliasOf(name: string): string {
  return name.replace(/^\//, '')
}
