import { UserError } from '../../app/errors.ts'
import { isDenied, isInternal, isThrottle, isUnreached } from './aws-error.ts'

/** AWS said "slow down" until the client gave up. Who waits asks again later. */
export class ThrottledError extends UserError {}

/**
 * A failure of AWS that a person can do something about, as a UserError; any other error as it is. `doing` completes "could not":
 * `read the parameter /gantry/shop/production/state`.
 */
export function problemOf(error: unknown, doing: string): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error
  if (isThrottle(error)) {
    return new ThrottledError(`could not ${doing}: AWS is asked too often`, {
      hint: 'try again in a minute; other tools in the same account and region share the limit',
      cause: error,
    })
  }
  const problem = PROBLEMS.find(({ applies }) => applies(error))
  if (problem === undefined) return error
  return new UserError(`could not ${doing}: ${problem.what}`, { hint: problem.hint(error), cause: error })
}

/** Does what may fail as `problemOf` has it. */
export async function explained<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw problemOf(error, doing)
  }
}

interface Problem {
  applies: (error: Error) => boolean
  what: string
  hint: (error: Error) => string
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html, and what the SDK and Node throw without having asked. */
const PROBLEMS: readonly Problem[] = [
  {
    applies: isDenied,
    what: 'access denied',
    hint: ({ message }) => whatToAllow(message),
  },
  {
    applies: ({ name, message }) =>
      name === 'CredentialsProviderError' || /credential is missing/i.test(message),
    what: 'there are no AWS credentials',
    hint: () =>
      'run `aws sso login`, set AWS_PROFILE, or use aws-actions/configure-aws-credentials in a workflow',
  },
  {
    applies: ({ name }) => /^(?:ExpiredToken|RequestExpired|TokenRefreshRequired)/.test(name),
    what: 'the AWS credentials have expired',
    hint: () => 'sign in again; in a workflow, give the role a longer session',
  },
  {
    applies: ({ name }) =>
      /^(?:UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|AuthFailure|MissingAuthenticationToken|InvalidAccessKeyId)/.test(
        name,
      ),
    what: 'AWS does not accept the credentials',
    hint: () => 'check the access key, its secret and the clock of this machine',
  },
  {
    applies: ({ name }) => name === 'ClusterNotFoundException',
    what: 'there is no such ECS cluster in this account and region',
    hint: () => 'correct `ecs.cluster` or the region; `aws ecs list-clusters` shows what there is',
  },
  {
    applies: ({ message }) => message === 'Region is missing',
    what: 'no AWS region is set',
    hint: () => 'set `ecs.region` in gantry.yml, or AWS_REGION',
  },
  {
    applies: ({ name }) => /^(?:InvalidKeyId|KMS)/.test(name),
    what: 'the KMS key of AWS Systems Manager cannot be used',
    hint: () =>
      'check that the key of the parameter (alias/aws/ssm where none was chosen) is enabled, and that you may use it',
  },
  {
    applies: ({ name }) => name === 'ParameterLimitExceeded',
    what: 'the account has as many SSM parameters as it may',
    hint: () => 'delete some, or ask AWS for a higher limit in this region',
  },
  {
    applies: isInternal,
    what: 'AWS had an internal error',
    hint: () => 'try again; https://health.aws.amazon.com says what is wrong there',
  },
  {
    applies: isUnreached,
    what: 'AWS cannot be reached',
    hint: () => 'check the network, the region and AWS_ENDPOINT_URL',
  },
]

/** AWS names who, what and where: `User: arn… is not authorized to perform: ssm:PutParameter on resource: arn… because …`. */
function whatToAllow(message: string): string {
  const [, user, action, resource] =
    /(?:User: (\S+) )?is not authorized to perform: (\S+)(?: on resource: (\S+))?/.exec(message) ?? []
  if (action === undefined) return 'ask who administers the account to allow it'
  return `allow ${action}${resource === undefined ? '' : ` on ${resource}`}${user === undefined ? '' : ` to ${user}`}`
}
