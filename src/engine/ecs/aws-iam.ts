import {
  GetRoleCommand,
  type GetRoleCommandInput,
  type GetRoleCommandOutput,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  type ListAttachedRolePoliciesCommandInput,
  type ListAttachedRolePoliciesCommandOutput,
} from '@aws-sdk/client-iam'

/** IAM as far as it is called, for the reason that `Ec2` has. */
export class Iam extends IAMClient {
  getRole(input: GetRoleCommandInput): Promise<GetRoleCommandOutput> {
    return this.send(new GetRoleCommand(input))
  }
  listAttachedRolePolicies(
    input: ListAttachedRolePoliciesCommandInput,
  ): Promise<ListAttachedRolePoliciesCommandOutput> {
    return this.send(new ListAttachedRolePoliciesCommand(input))
  }
}
