/** A price as somebody has published it. */
export type Price = {
  readonly usd: number;
  /** What one pays that for. */
  readonly per: string;
  readonly source: string;
  /** When the source was read there, or by whom we have it; "memory": from nobody's page, to be checked before it is relied on. */
  readonly read: string;
};

/** Hours and minutes of the month that all prices here are for. */
export const hoursPerMonth = 730;
export const minutesPerMonth = hoursPerMonth * 60;

export const region = "us-east-1";

const apiGateway = "https://aws.amazon.com/api-gateway/pricing/";
const ec2 = "https://aws.amazon.com/ec2/pricing/on-demand/";

/** On demand, without free tiers, discounts, taxes or support. eu-central-1, where `infra/` puts things by default, is some 10 to 20 % dearer. */
export const prices = {
  socketMessage: {
    usd: 1.0 / 1e6,
    per: "message of up to 32 KB, the first billion a month",
    source: apiGateway,
    read: "2025-05-19 by awsforengineers.com",
  },
  socketMessageMore: { usd: 0.8 / 1e6, per: "message beyond a billion", source: apiGateway, read: "memory" },
  connectionMinute: {
    usd: 0.25 / 1e6,
    per: "minute of a connection",
    source: apiGateway,
    read: "quoted at repost.aws",
  },
  httpRequest: {
    usd: 1.0 / 1e6,
    per: "request of an HTTP API",
    source: apiGateway,
    read: "2026-09-20 by api-evangelist",
  },
  lambdaRequest: {
    usd: 0.2 / 1e6,
    per: "invocation",
    source: "https://aws.amazon.com/lambda/pricing/",
    read: "2026-05-11 by git.mcrn.ar",
  },
  lambdaGbSecond: {
    usd: 0.0000133334,
    per: "GB-second, arm64",
    source: "https://aws.amazon.com/lambda/pricing/",
    read: "2026-05-11 by git.mcrn.ar",
  },
  fargateVcpuHour: {
    usd: 0.03238,
    per: "vCPU-hour, arm64",
    source: "https://aws.amazon.com/fargate/pricing/",
    read: "by vantage.sh",
  },
  fargateGbHour: {
    usd: 0.00356,
    per: "GB-hour, arm64",
    source: "https://aws.amazon.com/fargate/pricing/",
    read: "by vantage.sh",
  },
  natsServerHour: { usd: 0.0725, per: "hour of a c7g.large", source: ec2, read: "memory" },
  gpuHour: { usd: 0.8048, per: "hour of a g6.xlarge (one L4)", source: ec2, read: "memory" },
  diskGbMonth: { usd: 0.08, per: "GB-month of gp3", source: "https://aws.amazon.com/ebs/pricing/", read: "memory" },
  addressMonth: {
    usd: 3.65,
    per: "public IPv4 address a month",
    source: "https://aws.amazon.com/vpc/pricing/",
    read: "by LeanerCloud",
  },
  balancerHour: {
    usd: 0.0225,
    per: "hour of a network load balancer",
    source: "https://aws.amazon.com/elasticloadbalancing/pricing/",
    read: "memory",
  },
  balancerUnitHour: {
    usd: 0.006,
    per: "NLCU-hour: 1 GB, or 800 new connections a second",
    source: "https://aws.amazon.com/elasticloadbalancing/pricing/",
    read: "2026-09-20 by api-evangelist",
  },
  databaseUnitHour: {
    usd: 0.26,
    per: "CU-hour of Neon's Scale (1 vCPU, 4 GB)",
    source: "https://neon.com/docs/introduction/plans",
    read: "stored page of 2025; lower since",
  },
  databaseGbMonth: {
    usd: 0.35,
    per: "GB-month of Neon",
    source: "https://neon.com/docs/introduction/plans",
    read: "stored page of 2025",
  },
  redisCommand: {
    usd: 0.2 / 1e5,
    per: "command of Upstash, pay as you go",
    source: "https://upstash.com/pricing/redis",
    read: "2026-09-20 by api-evangelist",
  },
  logGb: {
    usd: 0.5,
    per: "GB of logs taken in",
    source: "https://aws.amazon.com/cloudwatch/pricing/",
    read: "by factualminds.com",
  },
  metricMonth: {
    usd: 0.3,
    per: "metric a month",
    source: "https://aws.amazon.com/cloudwatch/pricing/",
    read: "2026-02-15 by signoz.io",
  },
  transferGb: {
    usd: 0.085,
    per: "GB out of CloudFront, the first 10 TB",
    source: "https://aws.amazon.com/cloudfront/pricing/",
    read: "memory",
  },
  routerRequest: {
    usd: 1.0 / 1e6,
    per: "HTTPS request at CloudFront",
    source: "https://aws.amazon.com/cloudfront/pricing/",
    read: "memory",
  },
} as const satisfies Readonly<Record<string, Price>>;

export type Prices = Readonly<Record<keyof typeof prices, Pick<Price, "usd">>>;
