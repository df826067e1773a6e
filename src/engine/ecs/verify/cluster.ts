import type { App } from '../../../app/app.ts'
import { failed, ok, type Check } from '../../check.ts'
import type { Account } from '../account.ts'
import { DEMAND, strategyOf } from '../capacity.ts'

/** Where everything of an app is: what its cluster's ARN says. */
export interface Home {
  /** `aws`, `aws-cn`. */
  partition: string
  region: string
  /** Twelve digits. */
  account: string
}

export interface FoundCluster {
  checks: Check[]
  /** Null where there is no such cluster. */
  home: Home | null
}

/** Looks at the cluster, and at whether it has the capacity providers that the processes ask for. */
export async function findCluster({ aws, cluster: name }: Account, app: App): Promise<FoundCluster> {
  const ecs = await aws.ecs()
  const subject = `cluster ${name}`
  const { clusters: [cluster] = [] } = await ecs.describeClusters({ clusters: [name] })
  const make = `aws ecs create-cluster --cluster-name ${name} --capacity-providers FARGATE FARGATE_SPOT`
  if (cluster === undefined || cluster.status === 'INACTIVE') {
    const region = await aws.region()
    return {
      checks: [
        failed(
          subject,
          `there is none in ${region}`,
          `name another under \`ecs.cluster\`, or make it: ${make}`,
        ),
      ],
      home: null,
    }
  }
  const home = homeOf(cluster.clusterArn!)
  if (cluster.status !== 'ACTIVE') {
    const check = failed(subject, `it is ${cluster.status}`, 'wait until it is ACTIVE, or name another one')
    return { checks: [check], home }
  }
  return {
    checks: [
      ok(subject, `in ${home.region}, account ${home.account}`),
      providersCheck(name, app, cluster.capacityProviders ?? []),
    ],
    home,
  }
}

function providersCheck(cluster: string, app: App, has: readonly string[]): Check {
  const subject = 'capacity providers'
  // Tasks run on demand.
  const wanted = new Set([
    ...app.processes.flatMap((each) => strategyOf(each).map((item) => item.capacityProvider!)),
    ...(app.tasks.length > 0 ? [DEMAND] : []),
  ])
  const missing = [...wanted].filter((each) => !has.includes(each))
  if (missing.length === 0) return ok(subject, [...wanted].join(', ') || 'none is needed')
  const all = [...new Set([...has, ...wanted])].join(' ')
  return failed(
    subject,
    `the cluster has no ${missing.join(' and no ')}`,
    `aws ecs put-cluster-capacity-providers --cluster ${cluster} --capacity-providers ${all} --default-capacity-provider-strategy capacityProvider=${[...wanted][0]}`,
  )
}

function homeOf(clusterArn: string): Home {
  const [, partition = '', , region = '', account = ''] = clusterArn.split(':')
  return { partition, region, account }
}
