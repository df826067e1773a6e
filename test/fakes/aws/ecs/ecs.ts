import { AwsError } from '../aws-error.ts'
import type { FakeAws } from '../fake-aws.ts'
import type { FakeService, Input } from '../service.ts'

export class EcsFake implements FakeService {
  readonly aws: FakeAws

  constructor(aws: FakeAws) {
    this.aws = aws
  }

  handle(operation: string, _input: Input): unknown {
    throw new AwsError('UnknownOperationException', operation)
  }
}
