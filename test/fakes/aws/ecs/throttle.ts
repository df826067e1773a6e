import { AwsError } from '../aws-error.ts'
import { TokenBucket, type Rate } from '../token-bucket.ts'

interface Group extends Rate {
  operations: readonly string[]
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const GROUPS: readonly Group[] = [
  { burst: 20, perSecond: 1, operations: ['RegisterTaskDefinition', 'DeregisterTaskDefinition'] },
  { burst: 50, perSecond: 20, operations: ['DescribeTaskDefinition', 'ListTaskDefinitions'] },
  { burst: 50, perSecond: 5, operations: ['CreateService', 'UpdateService', 'DeleteService'] },
  { burst: 100, perSecond: 20, operations: ['DescribeServices', 'ListServices'] },
  { burst: 50, perSecond: 20, operations: ['ListServiceDeployments', 'DescribeServiceDeployments'] },
  { burst: 50, perSecond: 20, operations: ['DescribeServiceRevisions'] },
  { burst: 100, perSecond: 40, operations: ['ExecuteCommand', 'RunTask', 'StopTask'] },
  { burst: 100, perSecond: 20, operations: ['DescribeTasks', 'ListTasks'] },
  { burst: 20, perSecond: 10, operations: ['TagResource', 'UntagResource'] },
  { burst: 50, perSecond: 20, operations: ['ListTagsForResource'] },
  { burst: 20, perSecond: 1, operations: ['CreateCluster'] },
  { burst: 50, perSecond: 20, operations: ['DescribeClusters'] },
]

/** A bucket for each group of calls, filled by the fake's clock. */
export class Throttle {
  readonly #buckets = new Map<Group, TokenBucket>()

  /** Refuses the call when its group has none left. */
  take(operation: string, now: number): void {
    const group = GROUPS.find(({ operations }) => operations.includes(operation))
    if (group === undefined) return
    const bucket = this.#buckets.get(group) ?? new TokenBucket(group)
    this.#buckets.set(group, bucket)
    if (!bucket.take(now)) throw new AwsError('ThrottlingException', 'Rate exceeded')
  }
}
