import { workerMetric } from "./metrics.ts";
import type { Settings } from "./stage.ts";
import type { Workers } from "./workers.ts";

type Args = {
  readonly http: sst.aws.ApiGatewayV2;
  readonly nats: { readonly balancer: aws.lb.LoadBalancer; readonly targets: aws.lb.TargetGroup };
  readonly settings: Settings;
  readonly sockets: sst.aws.ApiGatewayWebSocket;
  readonly workers: Workers;
};

type Alarm = {
  readonly name: string;
  /** What has happened, and where docs/operations.md says what to do. */
  readonly description: string;
  readonly metric: {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Record<string, $util.Input<string>>;
  };
  readonly statistic: "Sum" | "Average" | "Maximum" | "Minimum";
  readonly above?: number;
  readonly below?: number;
  /** Minutes in a row. */
  readonly minutes: number;
};

/** Who is told, and of what. */
export function createAlarms({ http, nats, settings, sockets, workers }: Args): void {
  const topic = new aws.sns.Topic("Alarms");
  if (settings.alarmEmail !== "") tell(topic, settings);
  const all = [...ofApis({ Api: http.nodes.api, Sockets: sockets.nodes.api }), ...ofNats(nats), ...ofWorkers(workers)];
  for (const { name, description, metric, statistic, above, below, minutes } of all) {
    new aws.cloudwatch.MetricAlarm(`${name}Alarm`, {
      alarmDescription: `${description} See docs/operations.md#alarms.`,
      ...metric,
      statistic,
      period: 60,
      evaluationPeriods: minutes,
      threshold: above ?? below ?? 0,
      comparisonOperator: above === undefined ? "LessThanThreshold" : "GreaterThanThreshold",
      // Fewer than there should be are also those that say nothing any more.
      treatMissingData: above === undefined ? "breaching" : "notBreaching",
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  }
}

function tell(topic: aws.sns.Topic, { alarmEmail, budgetUsd }: Settings): void {
  new aws.sns.TopicSubscription("AlarmsByMail", { topic: topic.arn, protocol: "email", endpoint: alarmEmail });
  new aws.budgets.Budget("Budget", {
    budgetType: "COST",
    limitAmount: String(budgetUsd),
    limitUnit: "USD",
    timeUnit: "MONTHLY",
    notifications: [
      {
        comparisonOperator: "GREATER_THAN",
        threshold: 80,
        thresholdType: "PERCENTAGE",
        notificationType: "FORECASTED",
        subscriberEmailAddresses: [alarmEmail],
      },
    ],
  });
}

function ofApis(apis: Readonly<Record<string, aws.apigatewayv2.Api>>): Alarm[] {
  return Object.entries(apis).map(([name, api]) => ({
    name: `${name}Failing`,
    description: `${name} answers with server errors.`,
    metric: {
      namespace: "AWS/ApiGateway",
      metricName: name === "Sockets" ? "IntegrationError" : "5xx",
      dimensions: { ApiId: api.id },
    },
    statistic: "Sum",
    above: 10,
    minutes: 3,
  }));
}

function ofNats({ balancer, targets }: Args["nats"]): Alarm[] {
  const dimensions = { LoadBalancer: balancer.arnSuffix, TargetGroup: targets.arnSuffix };
  const metric = { namespace: "AWS/NetworkELB", metricName: "HealthyHostCount", dimensions };
  return [
    {
      name: "NatsDegraded",
      description: "A NATS server is away; one more, and nothing is acknowledged.",
      metric,
      statistic: "Minimum",
      below: 3,
      minutes: 5,
    },
    {
      name: "NatsAway",
      description: "Two of three NATS servers are away: commands are refused.",
      metric,
      statistic: "Minimum",
      below: 2,
      minutes: 1,
    },
  ];
}

function ofWorkers(workers: Workers): Alarm[] {
  const services = { World: workers.world, Auth: workers.auth, Player: workers.player };
  const running: Alarm[] = Object.entries(services).map(([name, service]) => ({
    name: `${name}TooFew`,
    description: `No ${name} worker runs.`,
    metric: {
      namespace: "ECS/ContainerInsights",
      metricName: "RunningTaskCount",
      dimensions: { ClusterName: service.nodes.service.cluster, ServiceName: service.nodes.service.name },
    },
    statistic: "Minimum",
    below: 1,
    minutes: 3,
  }));
  return [
    ...running,
    {
      name: "WorldsLate",
      description: "Ticks of worlds begin late.",
      metric: workerMetric("world", "world_tick_late_seconds_p99"),
      statistic: "Maximum",
      above: 0.25,
      minutes: 5,
    },
    {
      name: "WorldsFaulted",
      description: "A world was stopped by a fault of its own, or an input set aside because of one.",
      metric: workerMetric("world", "world_faults_total"),
      statistic: "Sum",
      above: 0,
      minutes: 1,
    },
    {
      name: "ModelsOverrun",
      description: "More than five questions wait for each slot of the models.",
      metric: workerMetric("ai-gateway", "ai_pressure"),
      statistic: "Average",
      above: 5,
      minutes: 10,
    },
  ];
}
