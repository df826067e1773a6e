import { createHash, timingSafeEqual } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'

import type { AppId } from '../../../app/app.ts'
import { UserError } from '../../../app/errors.ts'
import type { Clock } from '../../../app/clock.ts'
import type { NewVariable, Variable } from '../../engine.ts'
import type { Account } from '../account.ts'
import { Documents } from './documents.ts'
import { variableParameter, variablePaths, variablesParameter } from './parameter-names.ts'
import type { ListedParameter, ParameterStore, ParameterType } from './parameter-store.ts'
import { mirrorOf, readMirror, variablesOf, type Mirror } from './variables-mirror.ts'

/** Bytes: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const LONGEST_VALUE = 8_192
/** How often the mirror is compared with the list, a second apart. */
const SYNC_ATTEMPTS = 30

/**
 * The variables that people set by hand: a parameter for each value, from where ECS gives it to containers, and the
 * mirror, which tells what there is. A mirror that lags, because who set something died, is put right by the next one.
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
    const parameter = variableParameter(app, variable.process, variable.name)
    const type = variable.secret ? 'SecureString' : 'String'
    const stored = (await this.#store.get([parameter], { decrypt: true })).get(parameter)
    let version = stored?.version ?? 0
    if (stored?.type !== type || !isSame(stored.value, variable.value)) {
      // SSM cannot change the type of a parameter.
      if (stored !== undefined && stored.type !== type) await this.#store.delete([parameter])
      version = await this.#put(parameter, variable.value, type)
    }
    await this.#sync(app, (all) =>
      all.some((each) => each.name === parameter && each.type === type && each.version >= version),
    )
  }

  /** False when there was none. */
  async unset(app: AppId, name: string, process: string | null): Promise<boolean> {
    const parameter = variableParameter(app, process, name)
    const deleted = await this.#store.delete([parameter])
    const before = await this.#sync(app, (all) => all.every((each) => each.name !== parameter))
    // The mirror knows it, where the client asked twice because the first answer was lost.
    return deleted.length > 0 || before.some((each) => each.name === name && each.process === process)
  }

  /** What is set by now, by whomever. Puts the mirror right. */
  async refresh(app: AppId): Promise<Variable[]> {
    await this.#sync(app, () => true)
    return variablesOf(await this.#mirror(app))
  }

  async #mirror(app: AppId): Promise<Mirror> {
    const name = variablesParameter(app)
    return readMirror(app, (await this.#documents.read<unknown>([name])).get(name))
  }

  async #put(parameter: string, value: string, type: ParameterType): Promise<number> {
    try {
      return (await this.#store.put(parameter, value, { overwrite: true, type })) ?? 0
    } catch (error) {
      // Without the error that AWS sent: it may quote the value.
      if (error instanceof UserError) throw new UserError(error.message, { hint: error.hint })
      throw new UserError(`SSM refuses the value for ${parameter}`, {
        hint: 'it takes text without {{ and }}; keep anything else in a file, or encode it as base64',
      })
    }
  }

  /**
   * Makes the mirror say what the list says, once that shows what was just done. Whoever writes lists again afterwards,
   * so that of two who set something at once the later one sees both. Resolves with what the mirror said at first.
   */
  async #sync(app: AppId, shows: (listed: readonly ListedParameter[]) => boolean): Promise<Variable[]> {
    let first: Variable[] | undefined
    let written: Mirror | undefined
    for (let attempt = 1; attempt <= SYNC_ATTEMPTS; attempt++) {
      const mirror = await this.#mirror(app)
      first ??= variablesOf(mirror)
      const { all, processes } = variablePaths(app)
      const listed = [...(await this.#store.list(all)), ...(await this.#store.list(processes))]
      if (shows(listed)) {
        const next = mirrorOf(app, listed, mirror)
        // As written: SSM does not show the mirror yet, or somebody wrote another one, who lists again then.
        if ([mirror, written].some((each) => isDeepStrictEqual(next, each))) return first
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
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other))
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}
