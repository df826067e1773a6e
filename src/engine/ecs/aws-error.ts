/** What the errors of the SDK and of Node have in common, as far as they have it. */
interface AwsFailure {
  name?: string
  message?: string
  code?: unknown
  $fault?: unknown
  $metadata?: { httpStatusCode?: number }
}

/** What the SDK leaves of a connection that failed; an answer of AWS has a status instead. */
const UNREACHED = /^(?:ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|TimeoutError)$/

/** Whether AWS refused a call with one of these codes: `ImageNotFoundException`. */
export function isNamed(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && codes.includes(error.name)
}

/** Whether the credentials are good and may not do this. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && /^(?:AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(error.name)
}

/** Whether a service gets too many calls; each says so by a code of its own. */
export function isThrottle(error: unknown): boolean {
  const { name = '', message = '', $metadata } = error as AwsFailure
  return (
    /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(name) ||
    $metadata?.httpStatusCode === 429 ||
    message.includes('Rate exceeded')
  )
}

/** Whether a service failed: nothing that the caller did wrong. */
export function isInternal(error: unknown): boolean {
  const { $fault, $metadata } = error as AwsFailure
  return $fault === 'server' || ($metadata?.httpStatusCode ?? 0) >= 500
}

/** Whether a service was not reached. */
export function isUnreached(error: unknown): boolean {
  const { name = '', code = '' } = error as AwsFailure
  return UNREACHED.test(String(code)) || UNREACHED.test(name)
}

/** Whether the same call may work later. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && (isThrottle(error) || isInternal(error) || isUnreached(error))
}
