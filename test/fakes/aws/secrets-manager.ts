import { AwsError } from './aws-error.ts'
import type { FakeService, Input } from './service.ts'

export class SecretsManagerFake implements FakeService {
  handle(operation: string, _input: Input): unknown {
    throw new AwsError('UnknownOperationException', operation)
  }
}
