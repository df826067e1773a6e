import { AwsError } from '../aws-error.ts'

/** Refuses with the error that ECS has for values that it does not accept. */
export function invalid(message: string): never {
  throw new AwsError('InvalidParameterException', message)
}

/** Refuses with the error that ECS has for the rest of what a client does wrong; task definitions, above all. */
export function refuse(message: string): never {
  throw new AwsError('ClientException', message)
}

export function refuseAs(code: string, message: string): never {
  throw new AwsError(code, message)
}
