import type { AppId } from '../../../app/app.ts'
import { UserError } from '../../../app/errors.ts'
import type { Image } from '../../../app/image.ts'
import type { ProcessSpec, TaskSpec } from '../../../app/spec.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'
import { logGroup, processFamily, repositoryName, taskFamily } from '../names.ts'
import { variableParameter } from '../parameters/parameter-names.ts'
import type { ContainerContext } from './container.ts'
import { isProcess, type RenderContext } from './render.ts'
import { parseReference, secretValueFrom } from './secret-reference.ts'

/** Seconds for which an answer is kept: as long as a deployment that needs it often, not as long as a server. */
const KEPT = 60

/** A reference to a value that is set by hand. */
const BY_HAND = 'gantry'

/** Turns what a spec refers to into what ECS wants. */
export class References {
  readonly #account: Account
  readonly #answers = new Map<string, { at: number; answer: Promise<string> }>()

  constructor(account: Account) {
    this.#account = account
  }

  /** @throws UserError for an image or a secret that cannot be found */
  async context(app: AppId, spec: ProcessSpec | TaskSpec): Promise<RenderContext> {
    const { variables } = spec
    const others = isProcess(spec) ? Object.entries(spec.containers) : []
    const [region, main, ...containers] = await Promise.all([
      this.#account.aws.region(),
      this.#container(app, spec, variables),
      ...others.map(async ([name, container]) => {
        // Of what is set by hand it gets what it asks for.
        const asked = Object.entries(variables).filter(([each]) => container.secrets[each] === BY_HAND)
        const named = { ...container, name: `${spec.name}/${name}` }
        return [name, await this.#container(app, named, Object.fromEntries(asked))] as const
      }),
    ])
    const family = isProcess(spec) ? processFamily(app, spec.name) : taskFamily(app, spec.name)
    return { family, ...main, region, logGroup: logGroup(app), containers: Object.fromEntries(containers) }
  }

  /** What ECS is told to run. */
  async image(app: AppId, image: Image): Promise<string> {
    if (image.kind === 'pinned') return image.reference
    if (image.digest === null) throw new Error(`image ${image.key} is not built yet`)
    const name = repositoryName(app)
    const uri = await this.#kept(`repository ${name}`, () => this.#repositoryUri(name))
    return `${uri}@${image.digest}`
  }

  async #repositoryUri(name: string): Promise<string> {
    const ecr = await this.#account.aws.ecr()
    try {
      const { repositories } = await ecr.describeRepositories({ repositoryNames: [name] })
      return repositories![0]!.repositoryUri!
    } catch (error) {
      if (isNamed(error, 'RepositoryNotFoundException')) {
        throw new UserError(`there is no image repository ${name}`, {
          hint: 'its images are gone with it: deploy with --rebuild, which makes it and builds them anew',
          cause: error,
        })
      }
      throw problemOf(error, `look up the image repository ${name}`)
    }
  }

  async #container(
    app: AppId,
    { name: component, image, secrets }: Pick<ProcessSpec, 'name' | 'image' | 'secrets'>,
    variables: ProcessSpec['variables'],
  ): Promise<ContainerContext> {
    const set = Object.entries(variables).map(
      ([name, version]) => [name, variableParameter(app, name, version)] as const,
    )
    const others = Object.entries(secrets).filter(([name]) => !Object.hasOwn(variables, name))
    const [reference, found] = await Promise.all([
      this.image(app, image),
      Promise.all(
        others.map(async ([name, each]) => [name, await this.#valueFrom(name, each, component)] as const),
      ),
    ])
    return { image: reference, valueFrom: Object.fromEntries([...set, ...found]) }
  }

  async #valueFrom(name: string, reference: string, component: string): Promise<string> {
    const parsed = parseReference(reference)
    if (parsed.kind === 'gantry') {
      throw new UserError(`${name} of ${component} is not set`, { hint: `gantry env set ${name} --secret` })
    }
    if (parsed.kind === 'ssm') return parsed.name
    if (parsed.kind !== 'secretsmanager') return reference
    const { id, key } = parsed
    const arn = await this.#kept(`secret ${id}`, () => this.#arnOf(id, `${name} of ${component}`))
    return secretValueFrom(arn, key)
  }

  /** ECS wants the whole ARN, which ends in letters that nobody knows by heart. */
  async #arnOf(id: string, user: string): Promise<string> {
    const secretsManager = await this.#account.aws.secretsManager()
    try {
      const { ARN, DeletedDate } = await secretsManager.describeSecret({ SecretId: id })
      if (DeletedDate === undefined) return ARN!
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) {
        throw problemOf(error, `look up secretsmanager:${id} for ${user}`)
      }
    }
    throw new UserError(`there is no secret ${id} in Secrets Manager, which ${user} refers to`, {
      hint: 'create it in the region of the cluster, or correct the reference under `secrets`',
    })
  }

  #kept(question: string, ask: () => Promise<string>): Promise<string> {
    const now = this.#account.clock.now()
    const known = this.#answers.get(question)
    if (known !== undefined && now - known.at < KEPT * 1_000) return known.answer
    const answer = ask()
    this.#answers.set(question, { at: now, answer })
    // Who repairs what was wrong and tries again is not told the old answer.
    answer.catch(() => this.#answers.delete(question))
    return answer
  }
}
