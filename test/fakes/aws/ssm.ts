import type { Clock } from '../../../src/app/clock.ts'
import { AwsError } from './aws-error.ts'
import type { FakeService, Input } from './service.ts'

export class SsmFake implements FakeService {
  readonly clock: Clock

  constructor(clock: Clock) {
    this.clock = clock
  }

  handle(operation: string, _input: Input): unknown {
    throw new AwsError('UnknownOperationException', operation)
  }
}
