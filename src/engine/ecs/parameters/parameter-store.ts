import { isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'
import type { Account } from '../account.ts'
import { chunks } from '../chunks.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html, and DeleteParameters. */
export const NAMES_A_CALL = 10
const PAGE = 50
/**
 * Seconds from deleting a parameter until one of the same name may be made:
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html. So what is needed again is
 * never deleted.
 */
export const REUSE = 30
/** How often a write is tried again, a second apart, while SSM is at another write of the same parameter. */
const UPDATE_ATTEMPTS = 5

export type ParameterType = 'String' | 'SecureString'

/** A parameter without its value. */
export interface ListedParameter {
  name: string
  type: ParameterType
  /** Counts up from 1 with every write, and begins again when it was deleted. */
  version: number
  /** Milliseconds since the epoch. */
  modified: number
}

export interface Parameter extends ListedParameter {
  value: string
}

/** What a list tells besides. */
export interface DescribedParameter extends ListedParameter {
  description: string
  /** What encrypts it: alias, id or ARN of a KMS key. Null where nothing does. */
  keyId: string | null
}

export interface PutOptions {
  overwrite: boolean
  type?: ParameterType
  description?: string
  /** Null: the account's default key. It is not kept from the version before. */
  keyId?: string | null
  signal?: AbortSignal
}

/** SSM parameters by their full names. What fails is a UserError that names the parameter, where a person can help. */
export class ParameterStore {
  readonly #account: Account

  constructor(account: Account) {
    this.#account = account
  }

  /** Those that exist, by name. One call for ten names. */
  async get(
    names: readonly string[],
    options: { decrypt?: boolean; signal?: AbortSignal } = {},
  ): Promise<Map<string, Parameter>> {
    const found = new Map<string, Parameter>()
    for (const Names of chunks(names, NAMES_A_CALL)) {
      const { Parameters = [] } = await this.#call(`read the parameter ${Names[0]}`, async (ssm) =>
        ssm.getParameters({ Names, WithDecryption: options.decrypt ?? false }, sent(options.signal)),
      )
      for (const each of Parameters) {
        const parameter = { ...listed(each), value: each.Value ?? '' }
        found.set(parameter.name, parameter)
      }
    }
    return found
  }

  /** An earlier version of a parameter; null when SSM does not have it or, being behind, not yet. */
  async version(name: string, version: number, signal?: AbortSignal): Promise<Parameter | null> {
    return this.#call(`read version ${version} of the parameter ${name}`, async (ssm) => {
      try {
        const { Parameter } = await ssm.getParameter({ Name: `${name}:${version}` }, sent(signal))
        return Parameter === undefined ? null : { ...listed(Parameter), name, value: Parameter.Value ?? '' }
      } catch (error) {
        if (isNamed(error, 'ParameterNotFound', 'ParameterVersionNotFound')) return null
        throw error
      }
    })
  }

  /** The version that it became; null when it is there already and is not to be overwritten. */
  async put(name: string, value: string, options: PutOptions): Promise<number | null> {
    const { overwrite, type = 'String', description, keyId = null, signal } = options
    const input = {
      Name: name,
      Value: value,
      Type: type,
      Overwrite: overwrite,
      Tier: 'Intelligent-Tiering' as const,
      ...(description !== undefined && { Description: description }),
      ...(keyId !== null && { KeyId: keyId }),
    }
    return this.#call(`write the parameter ${name}`, async (ssm) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return (await ssm.putParameter(input, sent(signal))).Version ?? 0
        } catch (error) {
          if (!overwrite && isNamed(error, 'ParameterAlreadyExists')) return null
          if (attempt === UPDATE_ATTEMPTS || !isNamed(error, 'TooManyUpdates')) throw error
        }
        await this.#account.clock.sleep(1, signal)
      }
    })
  }

  /** The names that there were. */
  async delete(names: readonly string[], options: { signal?: AbortSignal } = {}): Promise<string[]> {
    const deleted: string[] = []
    for (const Names of chunks(names, NAMES_A_CALL)) {
      const { DeletedParameters = [] } = await this.#call(`delete the parameter ${Names[0]}`, async (ssm) =>
        ssm.deleteParameters({ Names }, sent(options.signal)),
      )
      deleted.push(...DeletedParameters)
    }
    return deleted
  }

  /** All parameters below a path, at any depth. */
  async list(path: string): Promise<DescribedParameter[]> {
    const found: DescribedParameter[] = []
    // SSM gives pages that are empty but have a next one.
    for (let NextToken: string | undefined, first = true; first || NextToken !== undefined; first = false) {
      const page = await this.#call(`list the parameters under ${path}`, async (ssm) =>
        ssm.describeParameters({
          ParameterFilters: [{ Key: 'Path', Option: 'Recursive', Values: [path.replace(/\/$/, '')] }],
          MaxResults: PAGE,
          ...(NextToken !== undefined && { NextToken }),
        }),
      )
      found.push(
        ...(page.Parameters ?? []).map((each) => ({
          ...listed(each),
          description: each.Description ?? '',
          keyId: each.KeyId ?? null,
        })),
      )
      NextToken = page.NextToken
    }
    return found
  }

  async #call<Result>(
    doing: string,
    call: (ssm: Awaited<ReturnType<Account['aws']['ssm']>>) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await call(await this.#account.aws.ssm())
    } catch (error) {
      throw problemOf(error, doing)
    }
  }
}

function listed(parameter: {
  Name?: string | undefined
  Type?: string | undefined
  Version?: number | undefined
  LastModifiedDate?: Date | undefined
}): ListedParameter {
  return {
    name: parameter.Name ?? '',
    type: parameter.Type === 'SecureString' ? 'SecureString' : 'String',
    version: parameter.Version ?? 0,
    modified: parameter.LastModifiedDate?.getTime() ?? 0,
  }
}

function sent(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal }
}
