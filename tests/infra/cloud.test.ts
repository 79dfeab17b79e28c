import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { configFromEnv } from "#functions/config.ts";
import { workerConfigFromEnv } from "#workers/config.ts";
import { emfMetrics, emfNamespace, emitEveryMs } from "#adapters/emf.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import { metricTable } from "#core/protocol/metrics.ts";
import { natsRoles } from "#adapters/nats/rights.ts";
import { type Declared, type Graph, platformIsThere, resourceGraph, root } from "./resource-graph.ts";

const secrets = [
  "TokenSecret",
  "NatsSecret",
  "OriginSecret",
  "DatabaseUrl",
  "DatabaseDirectUrl",
  "UpstashRedisRestUrl",
  "UpstashRedisRestToken",
];
const valueOf = (name: string): string =>
  ({
    DatabaseUrl: "postgres://a:b@pooled/db",
    DatabaseDirectUrl: "postgres://a:b@direct/db",
    UpstashRedisRestUrl: "https://redis.local",
  })[name] ?? `${name}-of-at-least-thirty-two-characters`;
const settings = {
  TW_DOMAIN: "worlds.example.org",
  TW_ALARM_EMAIL: "alarms@example.org",
  ...Object.fromEntries(secrets.map((name) => [`SST_SECRET_${name}`, valueOf(name)])),
};

// `bash scripts/install-sst.sh` fetches SST's components, 320 MB. In CI they must be there.
describe.skipIf(!platformIsThere() && process.env["CI"] !== "true")("the cloud, under Pulumi's mocks", () => {
  describe.each(["serverless", "own"] as const)("in production, with %s data", (data) => {
    let graph: Graph;
    beforeAll(async () => {
      graph = await resourceGraph("production", { ...settings, TW_DATA: data });
    });
    const of = (type: string): Declared[] => graph.resources.filter((resource) => resource.type === type);

    test("every route leads to a handler that is in the code", () => {
      const keys = of("aws:apigatewayv2/route:Route").map(({ inputs }) => inputs["routeKey"]);
      expect(keys.map(String).toSorted()).toEqual(["$connect", "$default", "$default", "$disconnect"]);
      const handlers = of("aws:lambda/function:Function").map(({ inputs }) => String(inputs["handler"]));
      expect(handlers).toHaveLength(4);
      for (const handler of handlers) {
        const file = join(root, handler.replace(/\.handler$/u, ".ts"));
        expect(existsSync(file), file).toBe(true);
        expect(readFileSync(file, "utf8")).toMatch(/^export const handler/mu);
      }
    });

    test("a function is told all that its configuration asks for, and its secrets are not in its environment", () => {
      const links = graph.asked
        .filter(({ method }) => method === "Runtime.Build")
        .map(({ args }) => (args as { links: { FunctionSecrets: Record<string, string> } }).links.FunctionSecrets);
      for (const { inputs } of of("aws:lambda/function:Function")) {
        const { variables } = inputs["environment"] as { variables: Record<string, string> };
        const config = configFromEnv({ ...variables, ...links[0] });
        expect(config).toMatchObject({ environment: "production", services: "bus", trustedProxyHops: 2 });
        expect(config.servers).toMatchObject({ natsLogin: { user: "functions" } });
        for (const value of Object.values(links[0]!).filter((it) => it.length > 20))
          expect(JSON.stringify(variables)).not.toContain(value);
      }
    });

    test("a function may post to sockets and read its own bundle's secrets, and nothing else", () => {
      const actions = of("aws:iam/role:Role")
        .filter(({ name }) => name.endsWith("HandlerRole"))
        .map(({ inputs }) => actionsIn(inputs));
      for (const allowed of actions)
        expect(allowed.filter((action) => !action.startsWith("logs:"))).toEqual(["execute-api:ManageConnections"]);
      expect(actions).toHaveLength(4);
    });

    test("a worker is told all that its configuration asks for, and its secrets come from parameters", () => {
      for (const role of ["world", "auth", "player"]) {
        const container = containerOf(graph, role);
        const env = Object.fromEntries(container.environment.map(({ name, value }) => [name, value]));
        const secret = Object.fromEntries(container.secrets.map(({ name }) => [name, sample(name)]));
        expect(workerConfigFromEnv({ ...env, ...secret }).servers).toMatchObject({ natsLogin: { user: role } });
        expect(container.stopTimeout).toBeGreaterThanOrEqual(30);
        expect(Object.keys(env).filter((name) => /TOKEN|PASSWORD|DATABASE_URL/u.test(name))).toEqual([]);
      }
    });

    test("one origin has the pages with their headers, the API and the sockets, and no way to /metrics", () => {
      const code = of("aws:cloudfront/function:Function")
        .map(({ inputs }) => String(valueIn(inputs["code"])))
        .join("\n");
      expect(code).toContain("x-origin-secret");
      expect(code).toContain("require-trusted-types-for");
      const routed = of("sst:aws:RouterUrlRoute").map(({ name }) => name.replace("RouterRoute", ""));
      expect(routed.toSorted()).toEqual(["/api", "/api/game/ws", "/health"]);
    });

    test("the functions reserve no more than a new account has, less what must stay unreserved", () => {
      const reserved = of("aws:lambda/function:Function").map(({ inputs }) =>
        Number(inputs["reservedConcurrentExecutions"]),
      );
      expect(reserved.every((count) => count > 0)).toBe(true);
      expect(reserved.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(900);
    });

    test("somebody is told when it goes wrong, and there is a runbook for it", () => {
      const alarms = of("aws:cloudwatch/metricAlarm:MetricAlarm").filter(({ name }) => name.endsWith("Alarm"));
      expect(alarms.length).toBeGreaterThanOrEqual(8);
      const runbook = readFileSync(join(root, "docs/operations.md"), "utf8");
      for (const { name, inputs } of alarms) {
        expect(inputs["alarmActions"]).toHaveLength(1);
        expect(runbook, name).toContain(`\`${name}\``);
      }
    });

    test("no log is kept for ever, and somebody is told before the month's budget is spent", () => {
      const groups = of("aws:cloudwatch/logGroup:LogGroup");
      // Four functions, two APIs, workers and the migration.
      expect(groups.length).toBeGreaterThanOrEqual(11);
      for (const { inputs } of groups) expect(inputs["retentionInDays"]).toBe(90);
      const [budget] = of("aws:budgets/budget:Budget");
      expect(budget?.inputs).toMatchObject({ budgetType: "COST", limitAmount: "500", timeUnit: "MONTHLY" });
      expect(budget?.inputs["notifications"]).toMatchObject([
        { notificationType: "FORECASTED", threshold: 80, subscriberEmailAddresses: ["alarms@example.org"] },
      ]);
    });

    test("alarms, policies and the dashboard ask for numbers that a worker writes, by its stage and role", async () => {
      const written = await writtenForCloudWatch();
      const roles = containersOf(graph)
        .filter(({ environment }) => environment.some(({ name, value }) => name === "METRICS" && value === "emf"))
        .map(({ command, environment }) => {
          const stage = environment.find(({ name }) => name === "METRICS_STAGE")?.value;
          return `${stage} ${command[0]}`;
        });
      const asked = askedOfCloudWatch(graph).filter(({ namespace }) => namespace === emfNamespace);
      const names = new Set(asked.map(({ metricName }) => metricName));
      expect(names.size).toBeGreaterThan(12);
      for (const { metricName, dimensions } of asked) {
        expect(written.names, metricName).toContain(metricName);
        expect(Object.keys(dimensions).toSorted()).toEqual(written.dimensions.toSorted());
        expect(roles, metricName).toContain(`${dimensions["stage"]} ${dimensions["role"]}`);
      }
    });

    test("one dashboard has all that alarms look at, and the doors besides", () => {
      const boards = of("aws:cloudwatch/dashboard:Dashboard");
      expect(boards.map(({ inputs }) => inputs["dashboardName"])).toEqual(["thousand-worlds-production"]);
      const onBoard = boards.flatMap(metricsOnBoard).map(({ namespace, metricName }) => `${namespace} ${metricName}`);
      const alarmed = of("aws:cloudwatch/metricAlarm:MetricAlarm")
        .map(({ inputs }) => `${String(inputs["namespace"])} ${String(inputs["metricName"])}`)
        .filter((metric) => metric.startsWith(emfNamespace) || metric.startsWith("AWS/ApiGateway"));
      expect(alarmed.filter((metric) => !onBoard.includes(metric))).toEqual([]);
      expect(onBoard).toEqual(expect.arrayContaining(["AWS/ApiGateway ConnectCount", "AWS/ApiGateway Latency"]));
    });

    test("the gateway of models grows by what waits for each slot, and wakes when somebody asks", () => {
      const policies = of("aws:appautoscaling/policy:Policy").map(({ name }) => name);
      expect(policies).toEqual(
        expect.arrayContaining(["AiGatewayByAiPressure", "AiGatewayFromZero", "WorldByWorldsOwned"]),
      );
      const target = of("aws:appautoscaling/target:Target").find(({ name }) => name.startsWith("AiGateway"));
      expect(target?.inputs).toMatchObject({ minCapacity: 0, maxCapacity: 20 });
    });

    test("workers reach the internet without a NAT gateway", () => {
      expect(of("aws:ec2/natGateway:NatGateway")).toEqual([]);
      for (const { inputs } of of("aws:ecs/service:Service"))
        expect(inputs["networkConfiguration"]).toMatchObject({ assignPublicIp: true });
    });

    test("no store of data can be reached from outside, and all are encrypted", () => {
      for (const { inputs } of of("aws:rds/instance:Instance"))
        expect(inputs).toMatchObject({ publiclyAccessible: false, storageEncrypted: true, deletionProtection: true });
      for (const { inputs } of of("aws:elasticache/replicationGroup:ReplicationGroup"))
        expect(inputs).toMatchObject({ atRestEncryptionEnabled: true, transitEncryptionEnabled: true });
      for (const { inputs } of of("aws:ebs/volume:Volume")) expect(inputs).toMatchObject({ encrypted: true });
      const open = of("aws:ec2/securityGroup:SecurityGroup").filter(({ inputs }) =>
        JSON.stringify(inputs["ingress"] ?? []).includes("0.0.0.0/0"),
      );
      expect(open.map(({ name }) => name)).toEqual(data === "own" ? [] : ["NatsBalancer"]);
    });

    test("NATS is three servers, with a disk each, that know one another and every role", () => {
      const servers = of("aws:ec2/instance:Instance").filter(({ name }) => /^Nats\d$/u.test(name));
      expect(servers).toHaveLength(3);
      expect(of("aws:ebs/volume:Volume").filter(({ name }) => name.startsWith("NatsDisk"))).toHaveLength(3);
      for (const { inputs } of servers) expect(String(inputs["userDataBase64"]).length).toBeLessThan(16 * 1024);
      const parameters = of("aws:ssm/parameter:Parameter").map(({ inputs }) => String(inputs["name"]));
      for (const role of [...natsRoles, "routes"])
        expect(parameters).toContain(`/thousand-worlds/production/nats-password-${role}`);
    });
  });

  test("fits the types of SST and of the AWS provider", { timeout: 120_000 }, async () => {
    await promisify(execFile)(join(root, "node_modules/.bin/tsc"), ["-p", "infra"], { cwd: root });
  });

  test.each([
    [{ TW_DOMAIN: "not a name" }, "TW_DOMAIN: must be the name"],
    [{ TW_DATA: "mine" }, "TW_DATA: must be serverless"],
    [{ TW_ALARM_EMAIL: "" }, "TW_ALARM_EMAIL: must be an address in production"],
    [{ TW_GPU_HOSTS: "many" }, "TW_GPU_HOSTS: must be a whole number"],
  ])("a setting that is wrong is said in one line: %o", async (wrong, words) => {
    await expect(resourceGraph("production", { ...settings, ...wrong })).rejects.toThrow(words);
  });
});

type Container = {
  readonly command: readonly string[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly stopTimeout?: number;
};

function containersOf({ resources }: Graph): Container[] {
  return resources
    .filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")
    .flatMap(({ inputs }) => containersIn(inputs["containerDefinitions"]));
}

function containerOf(graph: Graph, role: string): Container {
  const found = containersOf(graph).find(({ command }) => command[0] === role);
  if (found === undefined) throw new Error(`no container runs ${role}`);
  return found;
}

/** Pulumi wraps what is secret. */
function valueIn(given: unknown): unknown {
  return typeof given === "object" && given !== null && "value" in given ? JSON.parse(String(given.value)) : given;
}

function containersIn(definitions: unknown): Container[] {
  const value = valueIn(definitions);
  return (typeof value === "string" ? JSON.parse(value) : value) as Container[];
}

function actionsIn(inputs: Readonly<Record<string, unknown>>): string[] {
  const policies = (inputs["inlinePolicies"] ?? []) as { policy: string }[];
  return policies.flatMap(({ policy }) =>
    (JSON.parse(policy) as { Statement: { actions?: string[]; Action?: string[] }[] }).Statement.flatMap(
      (it) => it.actions ?? it.Action ?? [],
    ),
  );
}

type AskedMetric = {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

/** Every metric that an alarm, a policy or the dashboard reads. */
function askedOfCloudWatch({ resources }: Graph): AskedMetric[] {
  return resources.flatMap((resource) => {
    const { type, inputs } = resource;
    if (type === "aws:cloudwatch/metricAlarm:MetricAlarm") return [inputs as unknown as AskedMetric];
    if (type === "aws:cloudwatch/dashboard:Dashboard") return metricsOnBoard(resource);
    if (type !== "aws:appautoscaling/policy:Policy") return [];
    const { customizedMetricSpecification: own } = (inputs["targetTrackingScalingPolicyConfiguration"] ?? {}) as {
      customizedMetricSpecification?: { dimensions: { name: string; value: string }[] } & Omit<
        AskedMetric,
        "dimensions"
      >;
    };
    if (own === undefined) return [];
    return [{ ...own, dimensions: Object.fromEntries(own.dimensions.map(({ name, value }) => [name, value])) }];
  });
}

function metricsOnBoard({ inputs }: Declared): AskedMetric[] {
  const { widgets } = JSON.parse(String(valueIn(inputs["dashboardBody"]))) as {
    widgets: { properties: { metrics: string[][] } }[];
  };
  return widgets.flatMap(({ properties }) =>
    properties.metrics.map(([namespace = "", metricName = "", ...pairs]) => {
      const names = pairs.filter((_, i) => i % 2 === 0);
      return {
        namespace,
        metricName,
        dimensions: Object.fromEntries(names.map((name, i) => [name, pairs[2 * i + 1]!])),
      };
    }),
  );
}

/** What a worker writes in a minute in which everything happened that there is to count. */
async function writtenForCloudWatch(): Promise<{ names: string[]; dimensions: string[] }> {
  const clock = manualClock();
  const lines: string[] = [];
  await using writing = emfMetrics({ clock, role: "world", stage: "production", write: (line) => lines.push(line) });
  const { count, set, observe } = writing.metrics;
  for (const [name, { kind }] of Object.entries(metricTable)) {
    if (kind === "counter") count(name as never, {} as never);
    else if (kind === "gauge") set(name as never, {} as never, 1);
    else observe(name as never, {} as never, 1);
  }
  await clock.advance(emitEveryMs);
  const { _aws } = JSON.parse(lines[0]!) as {
    _aws: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[] };
  };
  const [directive] = _aws.CloudWatchMetrics;
  expect(directive?.Namespace).toBe(emfNamespace);
  return { names: directive!.Metrics.map(({ Name }) => Name), dimensions: directive!.Dimensions[0]! };
}

/** A value of the right shape for a variable that holds a secret. */
function sample(name: string): string {
  if (name === "DATABASE_URL") return valueOf("DatabaseDirectUrl");
  if (name === "UPSTASH_REDIS_REST_URL") return valueOf("UpstashRedisRestUrl");
  return name === "TOKEN_SECRET_PREVIOUS" ? "" : valueOf("TokenSecret");
}
