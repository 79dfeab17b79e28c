import type { Network } from "./network.ts";
import type { Count, Settings } from "./stage.ts";

export type ContainerArgs = {
  /** The image's argument: workers/entry.sh. */
  readonly role: string;
  readonly scaling: Count & { readonly cpuUtilization?: number };
  readonly settings: Settings;
  readonly environment: Record<string, $util.Input<string>>;
  /** By variable, the parameter that holds it. */
  readonly secrets: Record<string, $util.Input<string>>;
  readonly permissions?: sst.aws.FunctionArgs["permissions"];
  readonly cpu?: sst.aws.ServiceArgs["cpu"];
  readonly memory?: sst.aws.ServiceArgs["memory"];
  readonly link?: sst.aws.ServiceArgs["link"];
  /** Seconds that a task has to hand over before it is killed. */
  readonly stopS?: number;
  /** Only within the network. Left out: nobody calls it. */
  readonly port?: number;
};

/** One image for all of them, built once: its layers are the same whatever the role. */
export const image = { context: ".", dockerfile: "workers/Dockerfile" } as const;

/** A role of the image as a service of the fleet, which is replaced a task at a time and never falls below what it should be. */
export function createContainer({ cluster }: Network, name: string, args: ContainerArgs): sst.aws.Service {
  const { role, scaling, settings, stopS = 35 } = args;
  const { isRetained, logRetention } = settings.sizes;
  return new sst.aws.Service(name, {
    cluster,
    architecture: "arm64",
    cpu: args.cpu ?? "0.25 vCPU",
    memory: args.memory ?? "0.5 GB",
    // A task of Spot is told two minutes before it goes: time enough to hand over, but no stage that is meant hangs on it.
    ...(!isRetained && { capacity: "spot" as const }),
    image,
    command: [role],
    environment: {
      NODE_ENV: "production",
      LOG_LEVEL: "info",
      METRICS: "emf",
      METRICS_STAGE: $app.stage,
      ...args.environment,
    },
    ssm: args.secrets,
    ...(args.permissions && { permissions: args.permissions }),
    ...(args.link && { link: args.link }),
    logging: { retention: logRetention },
    ...(args.port !== undefined && { serviceRegistry: { port: args.port } }),
    scaling: {
      min: scaling.min,
      max: scaling.max,
      cpuUtilization: scaling.cpuUtilization ?? false,
      memoryUtilization: false,
    },
    health: {
      command: ["CMD", "node", "-e", healthCheck],
      startPeriod: "30 seconds",
      interval: "10 seconds",
      retries: 3,
    },
    transform: {
      service: (service) => {
        service.deploymentMinimumHealthyPercent = 100;
        service.deploymentMaximumPercent = 200;
        service.deploymentCircuitBreaker = { enable: true, rollback: true };
      },
      taskDefinition: (task) => {
        task.containerDefinitions = $util
          .output(task.containerDefinitions)
          .apply((text) => withStopTimeout(text, stopS));
      },
    },
  });
}

const healthCheck =
  "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))";

/** SST has no name for it, and ECS kills after 30 s. */
function withStopTimeout(definitions: string, stopTimeout: number): string {
  const containers = JSON.parse(definitions) as object[];
  return JSON.stringify(containers.map((container) => ({ ...container, stopTimeout })));
}
