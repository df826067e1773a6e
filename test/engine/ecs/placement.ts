import type { Placement } from '../../../src/app/app.ts'

/** Of an app that says where it runs and who starts it, and nothing else. */
export const PLACEMENT: Placement = {
  subnets: ['subnet-1'],
  security_groups: [],
  assign_public_ip: false,
  namespace: null,
  execution_role: 'arn:aws:iam::123456789012:role/execution',
  task_role: null,
  scheduler_role: null,
  architecture: 'x86_64',
}
