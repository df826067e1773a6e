import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'

import type { Component } from '../../app/app.ts'
import { UserError } from '../../app/errors.ts'

/** Where in the network the tasks of a component are. */
export function networkOf({ name, placement }: Pick<Component, 'name' | 'placement'>): AwsVpcConfiguration {
  if (placement === null) {
    throw new UserError(`nothing says in which subnets ${name} runs`, {
      hint: 'describe it in the config, whose `ecs` settings say so',
    })
  }
  return {
    subnets: placement.subnets,
    securityGroups: placement.security_groups,
    assignPublicIp: placement.assign_public_ip ? 'ENABLED' : 'DISABLED',
  }
}
