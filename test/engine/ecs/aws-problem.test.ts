import { expect, it } from 'vitest'

import { UserError } from '../../../src/app/errors.ts'
import { problemOf, ThrottledError } from '../../../src/engine/ecs/aws-problem.ts'
import { Aws } from '../../../src/engine/ecs/aws.ts'

const named = (name: string, message = 'no', more: object = {}) =>
  Object.assign(new Error(message), { name, ...more })

const problems: [Error, string, string][] = [
  [named('AccessDeniedException', 'denied'), 'access denied', 'ask who administers'],
  [
    named('AccessDenied', 'User: arn:aws:iam::1:role/ci is not authorized to perform: ecs:RunTask'),
    'access denied',
    'allow ecs:RunTask to arn:aws:iam::1:role/ci',
  ],
  [named('CredentialsProviderError'), 'no AWS credentials', 'aws sso login'],
  [named('ExpiredTokenException'), 'have expired', 'sign in again'],
  [named('UnrecognizedClientException'), 'does not accept the credentials', 'access key'],
  [named('Error', 'Region is missing'), 'no AWS region', 'ecs.region'],
  [named('ClusterNotFoundException', 'Cluster not found.'), 'no such ECS cluster', 'ecs.cluster'],
  [named('InvalidKeyId'), 'KMS key', 'alias/aws/ssm'],
  [named('ParameterLimitExceeded'), 'as many SSM parameters', 'higher limit'],
  [named('InternalServerError', 'oops', { $fault: 'server' }), 'internal error', 'try again'],
  [named('Unknown', 'oops', { $metadata: { httpStatusCode: 503 } }), 'internal error', 'try again'],
  [named('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), 'cannot be reached', 'network'],
  [named('TimeoutError'), 'cannot be reached', 'network'],
]
it.each(problems)('tells what a person can do about %s', (error, what, hint) => {
  const problem = problemOf(error, 'read the parameter /a') as UserError
  expect(problem).toBeInstanceOf(UserError)
  expect(problem.message).toMatch(/^could not read the parameter \/a: /)
  expect(problem.message).toContain(what)
  expect(problem.hint).toContain(hint)
  expect(problem.cause).toBe(error)
})

it.each(['ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded'])(
  'tells that AWS is asked too often: %s',
  (name) => expect(problemOf(named(name), 'wait')).toBeInstanceOf(ThrottledError),
)

it('does not take a limit of an account for asking too often', () => {
  const error = named('LimitExceededException', 'too many services')
  expect(problemOf(error, 'make the service')).toBe(error)
})

it('leaves what nobody can do anything about as it is', () => {
  const bug = new TypeError('undefined is not a function')
  expect(problemOf(bug, 'read')).toBe(bug)
  expect(problemOf('text', 'read')).toBe('text')
  const known = new UserError('known')
  expect(problemOf(known, 'read')).toBe(known)
})

it('recognises what the SDK throws when nothing answers', async () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const aws = new Aws({
    region: 'eu-west-1',
    config: { endpoint: 'http://127.0.0.1:1', credentials, maxAttempts: 1 },
  })
  const ssm = await aws.ssm()
  const error: unknown = await ssm.getParameters({ Names: ['/a'] }).catch((thrown: unknown) => thrown)
  expect(problemOf(error, 'read')).toMatchObject({ message: 'could not read: AWS cannot be reached' })
})
