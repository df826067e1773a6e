export const ACCOUNT = '123456789012'
export const REGION = 'eu-west-1'

/** `arn('ssm', 'parameter/a')` is the name of `/a` in every ARN of this account and region. */
export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`
}
