import { AwsError } from '../aws-error.ts'

interface Rate {
  /** Calls at once, and calls a second in the long run. */
  burst: number
  sustained: number
  operations: readonly string[]
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const RATES: readonly Rate[] = [
  { burst: 20, sustained: 1, operations: ['RegisterTaskDefinition', 'DeregisterTaskDefinition'] },
  { burst: 50, sustained: 20, operations: ['DescribeTaskDefinition', 'ListTaskDefinitions'] },
  { burst: 50, sustained: 5, operations: ['CreateService', 'UpdateService', 'DeleteService'] },
  { burst: 100, sustained: 20, operations: ['DescribeServices', 'ListServices'] },
  { burst: 50, sustained: 20, operations: ['ListServiceDeployments', 'DescribeServiceDeployments'] },
  { burst: 50, sustained: 20, operations: ['DescribeServiceRevisions'] },
  { burst: 100, sustained: 40, operations: ['RunTask', 'StopTask'] },
  { burst: 100, sustained: 20, operations: ['DescribeTasks', 'ListTasks'] },
  { burst: 20, sustained: 10, operations: ['TagResource', 'UntagResource'] },
  { burst: 50, sustained: 20, operations: ['ListTagsForResource'] },
  { burst: 20, sustained: 1, operations: ['CreateCluster'] },
  { burst: 50, sustained: 20, operations: ['DescribeClusters'] },
]

/** A bucket of tokens for each group of calls, filled by the fake's clock. */
export class Throttle {
  readonly #buckets = new Map<Rate, { tokens: number; at: number }>()

  /** Refuses the call when its group has none left. */
  take(operation: string, now: number): void {
    const rate = RATES.find(({ operations }) => operations.includes(operation))
    if (rate === undefined) return
    const bucket = this.#buckets.get(rate) ?? { tokens: rate.burst, at: now }
    const filled = bucket.tokens + ((now - bucket.at) / 1_000) * rate.sustained
    const tokens = Math.min(rate.burst, filled)
    const isGranted = tokens >= 1
    this.#buckets.set(rate, { tokens: isGranted ? tokens - 1 : tokens, at: now })
    if (!isGranted) throw new AwsError('ThrottlingException', 'Rate exceeded')
  }
}
