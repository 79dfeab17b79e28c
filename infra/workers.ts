import { createContainer, image } from "./container.ts";
import type { Environment } from "./environment.ts";
import { managed } from "./functions.ts";
import type { Network } from "./network.ts";
import { followMetric, wakeBy } from "./scaling.ts";
import type { Settings } from "./stage.ts";

type Args = {
  readonly environment: Environment;
  readonly network: Network;
  readonly settings: Settings;
  readonly sockets: sst.aws.ApiGatewayWebSocket;
  readonly ollamaHosts: $util.Output<string>;
};

/** A tenth of what two cores carried, all of them busy: docs/performance.md. A newcomer takes over a few a second. */
const worldsPerWorker = 100;

export function createWorkers({ environment, network, settings, sockets, ollamaHosts }: Args) {
  const { sizes } = settings;
  const posts = { actions: ["execute-api:ManageConnections"], resources: [managed(sockets)] };
  const mails = {
    actions: ["ses:SendEmail"],
    resources: [`arn:aws:ses:${settings.region}:*:identity/${settings.domain}`],
  };
  const world = createContainer(network, "World", {
    role: "world",
    cpu: "1 vCPU",
    memory: "2 GB",
    scaling: sizes.world,
    settings,
    permissions: [posts],
    ...environment.worker("world"),
  });
  // argon2id at 19 MiB: a core does some forty logins a second, and everything beyond waits.
  const auth = createContainer(network, "Auth", {
    role: "auth",
    cpu: "1 vCPU",
    memory: "2 GB",
    scaling: { ...sizes.auth, cpuUtilization: 60 },
    settings,
    permissions: [posts, mails],
    ...environment.worker("auth"),
  });
  const player = createContainer(network, "Player", {
    role: "player",
    cpu: "0.5 vCPU",
    memory: "1 GB",
    scaling: { ...sizes.player, cpuUtilization: 60 },
    settings,
    permissions: [posts],
    ...environment.worker("player"),
  });
  const aiGateway = createContainer(network, "AiGateway", {
    role: "ai-gateway",
    cpu: "0.5 vCPU",
    memory: "1 GB",
    scaling: sizes.aiGateway,
    settings,
    environment: { ...environment.aiGateway.environment, OLLAMA_HOSTS: ollamaHosts },
    secrets: environment.aiGateway.secrets(),
  });
  followMetric({ name: "World", role: "world", service: world }, "worlds_owned", worldsPerWorker);
  followMetric({ name: "AiGateway", role: "ai-gateway", service: aiGateway }, "ai_pressure", 1);
  wakeBy({ name: "AiGateway", role: "ai-gateway", service: aiGateway }, ["world"], "ai_degraded_total");
  const migrate = new sst.aws.Task("Migrate", {
    cluster: network.cluster,
    architecture: "arm64",
    image,
    command: ["migrate"],
    ssm: environment.migrate.secrets(),
    environment: { NODE_ENV: "production" },
    logging: { retention: sizes.logRetention },
  });
  return { world, auth, player, aiGateway, migrate };
}

export type Workers = ReturnType<typeof createWorkers>;
