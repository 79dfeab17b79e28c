import { gzipSync } from "node:zlib";
import { natsRoles } from "./nats-roles.ts";
import { natsServerScript } from "./nats-server-script.ts";
import type { Network } from "./network.ts";
import { createParameter, type Secrets } from "./secrets.ts";
import type { Settings } from "./stage.ts";

const servers = 3;
const ports = { clients: 4222, webSocket: 8080, cluster: 6222, monitor: 8222 };

/**
 * Three servers on instances of their own, a zone each as far as zones go, each with a disk that outlives it: an acknowledgement means that
 * two of three have it on disk (`sync_interval: always`). Functions and workers come through one balancer, with TLS, as their role.
 */
export function createNats({ network, secrets, settings }: { network: Network; secrets: Secrets; settings: Settings }) {
  const { vpc } = network;
  const name = `nats.${settings.domain}`;
  const { balancer, targets, balancerGroup } = createBalancer({ network, name, settings });
  const group = new aws.ec2.SecurityGroup("Nats", {
    vpcId: vpc.id,
    description: "NATS servers: each other, and the balancer",
    ingress: [
      { protocol: "tcp", fromPort: ports.cluster, toPort: ports.cluster, self: true },
      { protocol: "tcp", fromPort: ports.webSocket, toPort: ports.webSocket, securityGroups: [balancerGroup.id] },
      { protocol: "tcp", fromPort: ports.monitor, toPort: ports.monitor, securityGroups: [balancerGroup.id] },
    ],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  const roles = [...natsRoles, "routes" as const];
  const profile = createProfile(
    roles.map((role) => createParameter(`nats-password-${role}`, secrets.natsPassword(role))),
  );
  const zone = new aws.route53.Zone("NatsZone", { name: "nats.internal", vpcs: [{ vpcId: vpc.id }] });
  for (let i = 0; i < servers; i++) createServer({ i, vpc, group, profile, zone, targets, settings });
  return { url: `wss://${name}`, balancer, targets };
}

type ServerArgs = {
  readonly i: number;
  readonly vpc: Network["vpc"];
  readonly group: aws.ec2.SecurityGroup;
  readonly profile: aws.iam.InstanceProfile;
  readonly zone: aws.route53.Zone;
  readonly targets: aws.lb.TargetGroup;
  readonly settings: Settings;
};

function createServer({ i, vpc, group, profile, zone, targets, settings }: ServerArgs): void {
  const subnetId = vpc.publicSubnets.apply((subnets) => subnets[i % subnets.length]);
  const { isRetained } = settings.sizes;
  const instance = new aws.ec2.Instance(
    `Nats${i}`,
    {
      ami: aws.ssm.getParameterOutput({ name: "/aws/service/debian/release/12/latest/arm64" }).value,
      instanceType: isRetained ? "c7g.large" : "t4g.small",
      subnetId,
      associatePublicIpAddress: true,
      vpcSecurityGroupIds: [group.id],
      iamInstanceProfile: profile.name,
      metadataOptions: { httpTokens: "required", httpEndpoint: "enabled" },
      rootBlockDevice: { encrypted: true, volumeType: "gp3", volumeSize: 8 },
      // Longer than the 16 KB that fit uncompressed.
      userDataBase64: gzipSync(
        natsServerScript({ i, servers, ports, region: settings.region, path: `/${$app.name}/${$app.stage}` }),
      ).toString("base64"),
      userDataReplaceOnChange: true,
      tags: { Name: `${$app.name}-${$app.stage}-nats-${i}` },
    },
    // The image gets newer every month; that is a release of its own, one server after another.
    { ignoreChanges: ["ami"] },
  );
  const disk = new aws.ebs.Volume(
    `NatsDisk${i}`,
    { availabilityZone: instance.availabilityZone, type: "gp3", size: 20, encrypted: true },
    { retainOnDelete: isRetained, ignoreChanges: ["availabilityZone"] },
  );
  new aws.ec2.VolumeAttachment(`NatsAttachment${i}`, {
    deviceName: "/dev/sdf",
    instanceId: instance.id,
    volumeId: disk.id,
    stopInstanceBeforeDetaching: true,
  });
  new aws.route53.Record(`NatsName${i}`, {
    zoneId: zone.zoneId,
    name: `${i}.nats.internal`,
    type: "A",
    ttl: 30,
    records: [instance.privateIp],
  });
  new aws.lb.TargetGroupAttachment(`NatsTarget${i}`, { targetGroupArn: targets.arn, targetId: instance.id });
}

/** What the servers may read at their start: the passwords, and nothing else. */
function createProfile(parameters: readonly $util.Output<string>[]): aws.iam.InstanceProfile {
  const role = new aws.iam.Role("NatsRole", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
    managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
  });
  new aws.iam.RolePolicy("NatsPasswords", {
    role: role.id,
    policy: $jsonStringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["ssm:GetParameter"], Resource: parameters }],
    }),
  });
  return new aws.iam.InstanceProfile("NatsProfile", { role: role.name });
}

type BalancerArgs = { readonly network: Network; readonly name: string; readonly settings: Settings };

/** Functions are outside of the network, so the balancer is open to all; whoever has no password of a role gets no further. */
function createBalancer({ network: { vpc }, name, settings }: BalancerArgs) {
  const zone = aws.route53.getZoneOutput({ name: zoneOf(settings.domain) });
  const certificate = new aws.acm.Certificate("NatsCertificate", { domainName: name, validationMethod: "DNS" });
  const option = certificate.domainValidationOptions[0];
  const proof = new aws.route53.Record("NatsCertificateProof", {
    zoneId: zone.zoneId,
    name: option.resourceRecordName,
    type: option.resourceRecordType,
    ttl: 60,
    records: [option.resourceRecordValue],
  });
  const valid = new aws.acm.CertificateValidation("NatsCertificateValid", {
    certificateArn: certificate.arn,
    validationRecordFqdns: [proof.fqdn],
  });
  const isInside = settings.data === "own";
  const balancerGroup = new aws.ec2.SecurityGroup("NatsBalancer", {
    vpcId: vpc.id,
    description: "TLS to NATS",
    ingress: [
      {
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: isInside ? [vpc.nodes.vpc.cidrBlock] : ["0.0.0.0/0"],
      },
    ],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  const balancer = new aws.lb.LoadBalancer("NatsEntry", {
    loadBalancerType: "network",
    internal: isInside,
    subnets: vpc.publicSubnets,
    securityGroups: [balancerGroup.id],
    enableCrossZoneLoadBalancing: true,
  });
  const targets = new aws.lb.TargetGroup("NatsServers", {
    vpcId: vpc.id,
    port: ports.webSocket,
    protocol: "TCP",
    targetType: "instance",
    deregistrationDelay: 10,
    healthCheck: { protocol: "HTTP", port: String(ports.monitor), path: "/healthz?js-enabled-only=true", interval: 10 },
  });
  new aws.lb.Listener("NatsTls", {
    loadBalancerArn: balancer.arn,
    port: 443,
    protocol: "TLS",
    certificateArn: valid.certificateArn,
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
  });
  new aws.route53.Record("NatsAlias", {
    zoneId: zone.zoneId,
    name,
    type: "A",
    aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: false }],
  });
  return { balancer, targets, balancerGroup };
}

/** The registered name, which is taken to be the hosted zone. */
function zoneOf(domain: string): string {
  return domain.split(".").slice(-2).join(".");
}
