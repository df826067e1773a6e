import type { AppId } from '../../../app/app.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { repositoryName as nameOf, TAG } from '../names.ts'

/** Days after which what no tag names, and build caches, go. */
const KEPT_DAYS = 14

/** Key tags are never expired by rule: only Gantry knows which of them a service or a kept release names. */
const LIFECYCLE = {
  rules: [
    {
      rulePriority: 1,
      description: 'Images that no tag names any more',
      selection: {
        tagStatus: 'untagged',
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: KEPT_DAYS,
      },
      action: { type: 'expire' },
    },
    {
      rulePriority: 2,
      description: 'Build caches',
      selection: {
        tagStatus: 'tagged',
        tagPatternList: ['cache-*'],
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: KEPT_DAYS,
      },
      action: { type: 'expire' },
    },
  ],
}

/** The URI of an app's repository, which is made when it is missing. */
export async function ensureRepository({ aws }: Account, app: AppId): Promise<string> {
  const ecr = await aws.ecr()
  const repositoryName = nameOf(app)
  const uri = (await describe(ecr, repositoryName)) ?? (await create(ecr, app))
  // Looked for each time: whoever made the repository may have been killed before it had a policy. One that is there,
  // whatever it says, is left alone.
  try {
    await ecr.getLifecyclePolicy({ repositoryName })
  } catch (error) {
    if (!isNamed(error, 'LifecyclePolicyNotFoundException')) throw error
    await ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText: JSON.stringify(LIFECYCLE) })
  }
  return uri
}

type Ecr = Awaited<ReturnType<Account['aws']['ecr']>>

async function describe(ecr: Ecr, name: string): Promise<string | null> {
  try {
    const { repositories } = await ecr.describeRepositories({ repositoryNames: [name] })
    return repositories![0]!.repositoryUri!
  } catch (error) {
    if (isNamed(error, 'RepositoryNotFoundException')) return null
    throw error
  }
}

async function create(ecr: Ecr, app: AppId): Promise<string> {
  try {
    const { repository } = await ecr.createRepository({
      repositoryName: nameOf(app),
      imageScanningConfiguration: { scanOnPush: true },
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'cache-*' }],
      tags: [
        { Key: TAG.app, Value: app.name },
        { Key: TAG.environment, Value: app.environment },
      ],
    })
    return repository!.repositoryUri!
  } catch (error) {
    if (!isNamed(error, 'RepositoryAlreadyExistsException')) throw error
    // Somebody else was quicker.
    return (await describe(ecr, nameOf(app)))!
  }
}
