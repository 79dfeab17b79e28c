import type { Settings } from "./stage.ts";

/**
 * Workers run in public subnets, with an address of their own and no way in but from within, so that nothing goes through a NAT
 * gateway. Only with data of one's own are functions in the network, and then small NAT instances carry what they post to sockets.
 */
export function createNetwork({ data, sizes }: Settings) {
  const vpc = new sst.aws.Vpc("Network", {
    az: sizes.zones,
    ...(data === "own" && { nat: { type: "ec2" as const, ec2: { instance: "t4g.nano" } } }),
    transform: {
      // SST lets the whole internet in to it.
      natSecurityGroup: (group) => {
        group.ingress = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/16"] }];
      },
    },
  });
  // Images and backups come from S3: free this way.
  new aws.ec2.VpcEndpoint("S3Endpoint", {
    vpcId: vpc.id,
    serviceName: $interpolate`com.amazonaws.${aws.getRegionOutput().region}.s3`,
    vpcEndpointType: "Gateway",
    routeTableIds: vpc.nodes.publicRouteTables.apply((tables) => $util.all(tables.map(({ id }) => id))),
  });
  return {
    vpc,
    cluster: new sst.aws.Cluster("Fleet", {
      vpc,
      transform: { cluster: { settings: [{ name: "containerInsights", value: "enabled" }] } },
    }),
  };
}

/** Where the container that speaks Upstash's REST listens. */
export const restPort = 8079;

export type Network = ReturnType<typeof createNetwork>;
