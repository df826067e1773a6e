import { ACCOUNT, arn } from '../arn.ts'

/** The last part of an ARN, or the name itself. */
export function nameOf(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
}

export function clusterArn(cluster: string): string {
  return arn('ecs', `cluster/${cluster}`)
}

export function serviceArn(cluster: string, service: string): string {
  return arn('ecs', `service/${cluster}/${service}`)
}

export function taskArn(cluster: string, id: string): string {
  return arn('ecs', `task/${cluster}/${id}`)
}

export function containerArn(cluster: string, task: string, id: string): string {
  return arn('ecs', `container/${cluster}/${task}/${id}`)
}

export function definitionArn(revision: string): string {
  return arn('ecs', `task-definition/${revision}`)
}

export function serviceDeploymentArn(cluster: string, service: string, id: string): string {
  return arn('ecs', `service-deployment/${cluster}/${service}/${id}`)
}

export function serviceRevisionArn(cluster: string, service: string, id: string): string {
  return arn('ecs', `service-revision/${cluster}/${service}/${id}`)
}

/** Of IAM: `user/fake`. */
export function iamArn(resource: string): string {
  return `arn:aws:iam::${ACCOUNT}:${resource}`
}
