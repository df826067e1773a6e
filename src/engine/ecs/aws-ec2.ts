import {
  DescribeRouteTablesCommand,
  type DescribeRouteTablesCommandInput,
  type DescribeRouteTablesCommandOutput,
  DescribeSecurityGroupsCommand,
  type DescribeSecurityGroupsCommandInput,
  type DescribeSecurityGroupsCommandOutput,
  DescribeSubnetsCommand,
  type DescribeSubnetsCommandInput,
  type DescribeSubnetsCommandOutput,
  DescribeVpcEndpointsCommand,
  type DescribeVpcEndpointsCommandInput,
  type DescribeVpcEndpointsCommandOutput,
  EC2Client,
} from '@aws-sdk/client-ec2'

/** EC2 as far as it is called. The SDK's own class of this form holds every operation of EC2, which is megabytes of a bundle. */
export class Ec2 extends EC2Client {
  describeRouteTables(input: DescribeRouteTablesCommandInput): Promise<DescribeRouteTablesCommandOutput> {
    return this.send(new DescribeRouteTablesCommand(input))
  }
  describeSecurityGroups(
    input: DescribeSecurityGroupsCommandInput,
  ): Promise<DescribeSecurityGroupsCommandOutput> {
    return this.send(new DescribeSecurityGroupsCommand(input))
  }
  describeSubnets(input: DescribeSubnetsCommandInput): Promise<DescribeSubnetsCommandOutput> {
    return this.send(new DescribeSubnetsCommand(input))
  }
  describeVpcEndpoints(input: DescribeVpcEndpointsCommandInput): Promise<DescribeVpcEndpointsCommandOutput> {
    return this.send(new DescribeVpcEndpointsCommand(input))
  }
}
