import { createHash, timingSafeEqual } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'

import type { AppId } from '../../../app/app.ts'
import { UserError } from '../../../app/errors.ts'
import type { Clock } from '../../../app/clock.ts'
import type { NewVariable, Variable } from '../../engine.ts'
import type { Account } from '../account.ts'
import { isDenied } from '../aws-error.ts'
import { Documents } from './documents.ts'
import { variableParameter, variablePath, variablesParameter } from './parameter-names.ts'
import type { ParameterStore } from './parameter-store.ts'
import {
  describe,
  idOf,
  lastOf,
  mirrorOf,
  readEntry,
  readMirror,
  variablesOf,
  type Entry,
  type ListedEntry,
  type Mirror,
} from './variables-mirror.ts'

/** Bytes: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const LONGEST_VALUE = 8_192
/** How often the mirror is compared with the list, a second apart. */
const SYNC_ATTEMPTS = 30

type Change = Pick<Entry, 'name' | 'process' | 'kind'>

interface Seen {
  mirror: Mirror
  listed: ListedEntry[]
}

/**
 * The variables that people set by hand. Every value is in a parameter of its own, which is written once and deleted when
 * nothing names it any more: ECS reads it whenever it starts a container, of what runs as of what a roll-back brings back.
 * To unset a variable is an entry too. The mirror tells which are the last ones; one that lags, because who set something
 * died, is put right by the next one.
 */
export class Variables {
  readonly #documents: Documents
  readonly #store: ParameterStore
  readonly #clock: Clock

  constructor(account: Account) {
    this.#documents = new Documents(account)
    this.#store = this.#documents.store
    this.#clock = account.clock
  }

  async set(app: AppId, variable: NewVariable): Promise<void> {
    checkValue(variable)
    const seen = await this.#look(app)
    const { name, process, value } = variable
    const change: Change = { name, process, kind: variable.secret ? 'secret' : 'plain' }
    const last = lastOf(this.#next(seen), change)
    const isSet = last?.kind === change.kind && (await this.#isSame(app, last, value))
    const version = isSet ? last.version : await this.#add(app, seen, change, value)
    await this.#sync(app, (listed) => has(listed, { name, version }))
  }

  /** False when there was none. */
  async unset(app: AppId, name: string, process: string | null): Promise<boolean> {
    const seen = await this.#look(app)
    const last = lastOf(this.#next(seen), { name, process })
    const isSet = last !== undefined && last.kind !== 'unset'
    const change: Change = { name, process, kind: 'unset' }
    const version = isSet ? await this.#add(app, seen, change, '-') : null
    await this.#sync(app, (listed) => version === null || has(listed, { name, version }))
    // The mirror knows it, where somebody died who had come half of the way.
    return isSet || variablesOf(seen.mirror).some((each) => each.name === name && each.process === process)
  }

  /** What is set by now, by whomever. Puts the mirror right. */
  async refresh(app: AppId): Promise<Variable[]> {
    return variablesOf((await this.#sync(app)).mirror)
  }

  /**
   * Deletes the values that are not set any more and that nothing names.
   *
   * @param named the parameters that something names; asked for only where there is something to delete
   */
  async prune(app: AppId, named: () => Promise<ReadonlySet<string>>): Promise<void> {
    const { mirror, listed } = await this.#sync(app)
    const past = listed.filter((each) => !has(mirror.entries, each))
    if (past.length === 0) return
    const kept = await named()
    const parameters = past.map(({ name, version }) => variableParameter(app, name, version))
    await this.#store.delete(parameters.filter((each) => !kept.has(each)))
  }

  async #look(app: AppId): Promise<Seen> {
    const name = variablesParameter(app)
    const mirror = readMirror(app, (await this.#documents.read<unknown>([name])).get(name))
    const parameters = await this.#store.list(variablePath(app))
    return { mirror, listed: parameters.flatMap((each) => readEntry(app, each) ?? []) }
  }

  #next({ mirror, listed }: Seen): Mirror {
    return mirrorOf(listed, mirror, this.#clock.now())
  }

  /** Whoever may set a secret need not be able to read it: what cannot be compared counts as another value. */
  async #isSame(app: AppId, { name, version, kind }: Entry, value: string): Promise<boolean> {
    const parameter = variableParameter(app, name, version)
    try {
      const stored = (await this.#store.get([parameter], { decrypt: kind === 'secret' })).get(parameter)
      return stored !== undefined && isSameText(stored.value, value)
    } catch (error) {
      if (error instanceof UserError && isDenied(error.cause)) return false
      throw error
    }
  }

  /** Resolves with the version that it became: the first that nobody else has taken. */
  async #add(app: AppId, { mirror, listed }: Seen, change: Change, value: string): Promise<number> {
    const { name, process, kind } = change
    const versions = [...mirror.entries, ...listed].flatMap((each) =>
      each.name === name ? each.version : [],
    )
    const options = {
      overwrite: false,
      description: describe(change),
      ...(kind === 'secret' && { type: 'SecureString' as const, keyId: keyOf(listed, { name, process }) }),
    }
    for (let version = Math.max(0, ...versions) + 1; ; version++) {
      if ((await this.#put(variableParameter(app, name, version), value, options)) !== null) return version
    }
  }

  async #put(...put: Parameters<ParameterStore['put']>): Promise<number | null> {
    try {
      return await this.#store.put(...put)
    } catch (error) {
      // Without the error that AWS sent: it may quote the value.
      if (error instanceof UserError) throw new UserError(error.message, { hint: error.hint })
      throw new UserError(`SSM refuses the value for ${put[0]}`, {
        hint: 'it takes text without {{ and }}; keep anything else in a file, or encode it as base64',
      })
    }
  }

  /**
   * Makes the mirror say what the list says, once that shows what was just done. Whoever writes lists again afterwards,
   * so that of two who set something at once the later one sees both.
   */
  async #sync(app: AppId, shows: (listed: readonly Entry[]) => boolean = () => true): Promise<Seen> {
    let written: Mirror | undefined
    for (let attempt = 1; attempt <= SYNC_ATTEMPTS; attempt++) {
      const seen = await this.#look(app)
      if (shows(seen.listed)) {
        const next = this.#next(seen)
        // As written: SSM does not show the mirror yet, or somebody wrote another one, who lists again then.
        if ([seen.mirror, written].some((each) => isDeepStrictEqual(next, each))) {
          return { ...seen, mirror: next }
        }
        await this.#documents.write(variablesParameter(app), next)
        written = next
      } else {
        await this.#clock.sleep(1)
      }
    }
    throw new UserError('SSM does not show yet what was just changed', {
      hint: 'it is stored; do the same again in a minute, so that deployments learn of it',
    })
  }
}

function has(entries: readonly Entry[], wanted: Pick<Entry, 'name' | 'version'>): boolean {
  return entries.some((each) => idOf(each) === idOf(wanted))
}

/** Who has chosen a key for a secret keeps it: without being told again, SSM would take the account's default key. */
function keyOf(
  listed: readonly ListedEntry[],
  { name, process }: Pick<Entry, 'name' | 'process'>,
): string | null {
  const own = listed.filter(
    (each) => each.name === name && each.process === process && each.kind === 'secret',
  )
  return own.toSorted((one, other) => other.version - one.version)[0]?.keyId ?? null
}

function checkValue({ name, value }: NewVariable): void {
  if (value === '') {
    throw new UserError(`${name} is empty, and SSM stores no empty values`, {
      hint: `unset it, or write \`env: {${name}: ""}\` into the config`,
    })
  }
  const bytes = Buffer.byteLength(value)
  if (bytes > LONGEST_VALUE) {
    throw new UserError(`the value of ${name} has ${bytes} bytes, and SSM takes ${LONGEST_VALUE} at most`, {
      hint: 'keep it in AWS Secrets Manager and name it under `secrets:` as secretsmanager:NAME',
    })
  }
}

/** Takes as long for what is nearly right as for what is not. */
function isSameText(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other))
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}
