import type { App } from '../../../app/app.ts'
import type { Variable } from '../../engine.ts'
import { failed, ok, skipped, type Check } from '../../check.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { parseReference } from '../definition/secret-reference.ts'
import { look } from './look.ts'

export interface SecretOptions {
  /** What people have set by hand; null where that could not be read. */
  variables: readonly Variable[] | null
  /** Whether the values of secrets may be read, to see which keys they have. */
  readSecrets: boolean
}

/** One reference of the config with everything that refers to it: `API_KEY of web`. */
interface Use {
  reference: string
  users: { name: string; component: string; process: string | null }[]
}

/** DescribeParameters takes so many values: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
const VALUES_A_CALL = 50

/** Looks at where the values of all secrets are. Values themselves are read only where that is asked for, and never shown. */
export async function secretChecks(account: Account, app: App, options: SecretOptions): Promise<Check[]> {
  const uses = usesOf(app)
  const [parameters, secrets] = await Promise.all([
    parameterChecks(account, uses),
    Promise.all(uses.map((use) => secretCheck(account, use, options))),
  ])
  return [...parameters, ...secrets.flat(), ...byHandChecks(uses, options.variables)]
}

function usesOf({ processes, tasks }: App): Use[] {
  const users = [
    ...processes.flatMap((each) => [
      { ...each, process: each.name },
      ...Object.entries(each.containers).map(([name, { secrets }]) => ({
        name: `${each.name}/${name}`,
        process: each.name,
        secrets,
      })),
    ]),
    ...tasks.map((each) => ({ ...each, process: null })),
  ].flatMap(({ name: component, process, secrets }) =>
    Object.entries(secrets).map(([name, reference]) => ({ reference, user: { name, component, process } })),
  )
  return [...Map.groupBy(users, (each) => each.reference)].map(([reference, all]) => ({
    reference,
    users: all.map(({ user }) => user),
  }))
}

async function parameterChecks({ aws }: Account, uses: readonly Use[]): Promise<Check[]> {
  const wanted = new Map(
    uses.flatMap((use): [string, Use][] => {
      const parsed = parseReference(use.reference)
      return parsed.kind === 'ssm' ? [[parsed.name.replace(/^arn:[^/]*:parameter(?=\/)/, ''), use]] : []
    }),
  )
  if (wanted.size === 0) return []
  return look('parameters in SSM', async () => {
    const ssm = await aws.ssm()
    const there = new Map<string, string>()
    const names = [...wanted.keys()]
    for (let from = 0; from < names.length; from += VALUES_A_CALL) {
      const Values = names.slice(from, from + VALUES_A_CALL)
      let NextToken: string | undefined
      do {
        const page = await ssm.describeParameters({
          ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values }],
          MaxResults: VALUES_A_CALL,
          ...(NextToken !== undefined && { NextToken }),
        })
        for (const { Name = '', Type = '' } of page.Parameters ?? []) there.set(Name, Type)
        NextToken = page.NextToken
      } while (NextToken !== undefined)
    }
    return [...wanted].map(([name, use]) => {
      const type = there.get(name)
      return type === undefined
        ? failed(
            `secret ${use.reference}`,
            `there is no parameter ${name} in SSM, which ${usersOf(use)} refers to`,
            `put it there: aws ssm put-parameter --type SecureString --name ${name} --value …`,
          )
        : ok(`secret ${use.reference}`, `${type}, for ${usersOf(use)}`)
    })
  })
}

async function secretCheck({ aws }: Account, use: Use, { readSecrets }: SecretOptions): Promise<Check[]> {
  const parsed = parseReference(use.reference)
  if (parsed.kind !== 'secretsmanager') return []
  const subject = `secret ${use.reference}`
  return look(subject, async () => {
    const client = await aws.secretsManager()
    const { id: SecretId, key } = parsed
    const found = await client.describeSecret({ SecretId }).catch((error: unknown) => {
      if (isNamed(error, 'ResourceNotFoundException')) return null
      throw error
    })
    if (found === null || found.DeletedDate !== undefined) {
      return failed(
        subject,
        `there is no secret ${SecretId} in Secrets Manager, which ${usersOf(use)} refers to`,
        'create it in the region of the cluster, or correct the reference under `secrets`',
      )
    }
    if (key === null) return ok(subject, `there, for ${usersOf(use)}`)
    if (!readSecrets) {
      return skipped(
        subject,
        `the secret is there; whether it has the key ${key} is in its value, which is not read`,
        'with `--read-secrets` it is, which needs secretsmanager:GetSecretValue',
      )
    }
    const { SecretString = '' } = await client.getSecretValue({ SecretId })
    return hasKey(SecretString, key)
      ? ok(subject, `there, with the key ${key}, for ${usersOf(use)}`)
      : failed(
          subject,
          `the secret has no key ${key}, which ${usersOf(use)} refers to`,
          'its value is to be a JSON object with that key',
        )
  })
}

/** Those that are set with `gantry env set`. */
function byHandChecks(uses: readonly Use[], variables: readonly Variable[] | null): Check[] {
  const users = uses.filter(({ reference }) => reference === 'gantry').flatMap((use) => use.users)
  return users.map(({ name, component, process }) => {
    const subject = `secret ${name} of ${component}`
    if (variables === null) return skipped(subject, 'what is set by hand could not be read', null)
    return variables.some((each) => each.name === name && (each.process ?? process) === process)
      ? ok(subject, 'set by hand')
      : failed(subject, 'nobody has set it', `gantry env set ${name} --secret`)
  })
}

function usersOf({ users }: Use): string {
  return users.map(({ name, component }) => `${name} of ${component}`).join(', ')
}

function hasKey(text: string, key: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
  } catch {
    return false
  }
}
