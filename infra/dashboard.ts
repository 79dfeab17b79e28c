import { type WorkerMetric, workerMetric } from "./metrics.ts";
import type { Settings } from "./stage.ts";

type Args = {
  readonly http: sst.aws.ApiGatewayV2;
  readonly settings: Settings;
  readonly sockets: sst.aws.ApiGatewayWebSocket;
};

type Statistic = "Sum" | "Average" | "Maximum" | "Minimum" | "p99";
/** A line: namespace, metric, then dimensions by name and value. */
type Line = readonly string[];
type Panel = { readonly title: string; readonly statistic: Statistic; readonly lines: readonly Line[] };

const [columns, width, height] = [3, 8, 6];

/** One page of what the alarms look at, and of what explains them: from the players inwards. ops/grafana has more, for whoever has Prometheus. */
export function createDashboard({ http, settings, sockets }: Args): void {
  const body = $util.all([http.nodes.api.id, sockets.nodes.api.id]).apply(([httpId, socketsId]) => {
    const panels = [...edge(httpId, socketsId), ...worlds(), ...models()];
    return JSON.stringify({
      start: "-PT3H",
      widgets: panels.map(({ title, statistic, lines }, i) => ({
        type: "metric",
        x: (i % columns) * width,
        y: Math.floor(i / columns) * height,
        width,
        height,
        properties: { title, region: settings.region, stat: statistic, period: 60, metrics: lines },
      })),
    });
  });
  new aws.cloudwatch.Dashboard("Dashboard", { dashboardName: `${$app.name}-${$app.stage}`, dashboardBody: body });
}

function edge(httpId: string, socketsId: string): Panel[] {
  const of = (id: string, ...names: string[]): Line[] => names.map((name) => ["AWS/ApiGateway", name, "ApiId", id]);
  return [
    { title: "REST: requests, refused, failed", statistic: "Sum", lines: of(httpId, "Count", "4xx", "5xx") },
    { title: "REST: answered within", statistic: "p99", lines: of(httpId, "Latency") },
    {
      title: "Sockets: new, frames either way",
      statistic: "Sum",
      lines: of(socketsId, "ConnectCount", "MessageCount"),
    },
    {
      title: "Sockets: refused, failed",
      statistic: "Sum",
      lines: of(socketsId, "ClientError", "IntegrationError", "ExecutionError"),
    },
  ];
}

function worlds(): Panel[] {
  return [
    { title: "Worlds: inputs a minute", statistic: "Sum", lines: own("world", "world_inputs_total") },
    { title: "Worlds of each worker", statistic: "Maximum", lines: own("world", "worlds_owned") },
    {
      title: "Ticks late, turns long (p99, s)",
      statistic: "Maximum",
      lines: own("world", "world_tick_late_seconds_p99", "world_turn_seconds_p99"),
    },
    {
      title: "Worlds stopped, stretched",
      statistic: "Sum",
      lines: own("world", "world_faults_total", "world_stretches_total"),
    },
    {
      title: "Posts to sockets; those that wait",
      statistic: "Sum",
      lines: own("world", "posts_total", "posts_waiting"),
    },
    {
      title: "Errors of the database",
      statistic: "Sum",
      lines: ["world", "auth", "player"].flatMap((role) => own(role, "db_errors_total")),
    },
  ];
}

function models(): Panel[] {
  return [
    {
      title: "Models: waiting, running, slots",
      statistic: "Maximum",
      lines: own("ai-gateway", "ai_waiting", "ai_running", "ai_slots", "ai_pressure"),
    },
    {
      title: "Models: answered, without one, refused",
      statistic: "Sum",
      lines: [...own("ai-gateway", "ai_answers_total", "ai_rejected_total"), ...own("world", "ai_degraded_total")],
    },
    {
      title: "Models: waited for, called (p99, s)",
      statistic: "Maximum",
      lines: own("ai-gateway", "ai_wait_seconds_p99", "ai_call_seconds_p99"),
    },
  ];
}

function own(role: string, ...names: WorkerMetric[]): Line[] {
  return names.map((name) => {
    const { namespace, metricName, dimensions } = workerMetric(role, name);
    return [namespace, metricName, ...Object.entries(dimensions).flat()];
  });
}
