import type { App, Placement } from '../../../app/app.ts'
import { imageUsers } from '../../../app/image-users.ts'
import { messageOf } from '../../../app/errors.ts'
import { failed, ok, skipped, type Check } from '../../check.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { repositoryName } from '../names.ts'
import type { Home } from './cluster.ts'
import { look } from './look.ts'

/** `123456789012.dkr.ecr.eu-west-1.amazonaws.com/relay:1.4` */
const ECR =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<name>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/

/** Whether a reference is to an image in a registry of ECR, of whatever account. */
export function isInEcr(reference: string): boolean {
  return ECR.test(reference)
}

/** What platforms of images call the architectures. */
const ARCHITECTURES: Readonly<Record<Placement['architecture'], string>> = { x86_64: 'amd64', arm64: 'arm64' }

/** A pinned image, and for what it has to be built. */
interface Pin {
  reference: string
  architectures: Set<string>
}

/** Looks at where built images go, and at those that are pinned. */
export async function imageChecks(account: Account, app: App, home: Home | null): Promise<Check[]> {
  const components = imageUsers(app)
  const checks = await Promise.all([
    components.some((each) => each.image === null) ? repositoryCheck(account, app) : [],
    ...pinsOf(app).map((pin) => pinCheck(account, home, pin)),
  ])
  return checks.flat()
}

async function repositoryCheck({ aws }: Account, app: App): Promise<Check[]> {
  const name = repositoryName(app)
  const subject = `repository ${name}`
  return look(subject, async () => {
    const ecr = await aws.ecr()
    const found = await ecr.describeRepositories({ repositoryNames: [name] }).catch((error: unknown) => {
      if (isNamed(error, 'RepositoryNotFoundException')) return null
      throw error
    })
    const [repository] = found?.repositories ?? []
    return ok(subject, repository?.repositoryUri ?? 'not there yet: the first build makes it')
  })
}

function pinsOf({ processes, tasks }: App): Pin[] {
  const pins = new Map<string, Pin>()
  const beside = processes.flatMap(({ containers, placement }) =>
    Object.values(containers).map(({ image }) => ({ image, placement })),
  )
  for (const { image, placement } of [...processes, ...beside, ...tasks]) {
    if (image === null) continue
    const pin = pins.get(image) ?? { reference: image, architectures: new Set() }
    pin.architectures.add(ARCHITECTURES[placement?.architecture ?? 'x86_64'])
    pins.set(image, pin)
  }
  return [...pins.values()]
}

async function pinCheck(
  { aws }: Account,
  home: Home | null,
  { reference, architectures }: Pin,
): Promise<Check[]> {
  const subject = `image ${reference}`
  const { account, region, name = '', tag, digest } = ECR.exec(reference)?.groups ?? {}
  if (home === null || account !== home.account || region !== home.region) {
    return [
      skipped(
        subject,
        'it is not in the registry that the cluster has beside it',
        `see that it is there, for ${[...architectures].join(' and ')}: docker manifest inspect ${reference}`,
      ),
    ]
  }
  return look(subject, async () => {
    const ecr = await aws.ecr()
    const id = digest === undefined ? { imageTag: tag ?? 'latest' } : { imageDigest: digest }
    const found = await ecr
      .batchGetImage({ repositoryName: name, imageIds: [id] })
      .catch((error: unknown) => {
        if (isNamed(error, 'RepositoryNotFoundException')) return { images: [] }
        throw error
      })
    const manifest = found.images?.[0]?.imageManifest
    if (manifest === undefined) {
      return failed(subject, 'there is none', 'push it, or correct `image` in the config')
    }
    const built = platformsIn(manifest)
    // What the manifest of a single image is for stands in its layers, which only whoever pulls it gets.
    if (built === null) {
      return skipped(
        subject,
        'it is there, and its manifest does not say what it was built for',
        `see that it is ${[...architectures].join(' and ')}: docker manifest inspect -v ${reference}`,
      )
    }
    const missing = [...architectures].filter((each) => !built.includes(each))
    return missing.length === 0
      ? ok(subject, `there, for ${built.join(', ')}`)
      : failed(
          subject,
          `it is for ${built.join(', ')}, and has to run on ${missing.join(' and ')}`,
          'build it for that too, or say `build.platform` as it is',
        )
  })
}

/** The architectures that an index of several images lists; null for the manifest of one. */
function platformsIn(manifest: string): string[] | null {
  const { manifests } = parsed(manifest)
  if (manifests === undefined) return null
  const names = manifests.flatMap(({ platform }) => platform?.architecture ?? [])
  // What describes an image, such as how it was made, is listed beside it as being for `unknown`.
  return [...new Set(names)].filter((each) => each !== 'unknown')
}

function parsed(manifest: string): { manifests?: { platform?: { architecture?: string } }[] } {
  try {
    return JSON.parse(manifest) as ReturnType<typeof parsed>
  } catch (error) {
    throw new Error(`ECR gives a manifest that is no JSON: ${messageOf(error)}`, { cause: error })
  }
}
