import type { Environment } from "./environment.ts";
import type { Network } from "./network.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./stage.ts";

/** The WebSocket API is made first: everybody must know where frames are posted to. */
export function createSockets({ sizes }: Settings) {
  return new sst.aws.ApiGatewayWebSocket("Sockets", { accessLog: { retention: sizes.logRetention } });
}

type Args = {
  readonly environment: Environment;
  readonly network: Network;
  readonly secrets: Secrets;
  readonly settings: Settings;
  readonly sockets: sst.aws.ApiGatewayWebSocket;
};

export function createFunctions({ environment, network, settings, sockets }: Args) {
  const { sizes } = settings;
  const base = {
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: "512 MB",
    link: [environment.functionSecrets],
    environment: environment.functions,
    logging: { retention: sizes.logRetention, format: "json" },
    // Argon2 is native, and hashes in the auth workers (SERVICES=bus).
    // What is only loaded when it is needed stands in files of its own, which a start does not read.
    nodejs: { format: "esm", minify: true, sourcemap: false, splitting: true, esbuild: { external: ["argon2"] } },
    // Only with data of one's own: then it is not to be had from outside.
    ...(settings.data === "own" && { vpc: network.vpc }),
  } satisfies Partial<sst.aws.FunctionArgs>;
  // Whoever takes over another's connection tells it so, and closes it.
  const posts = { actions: ["execute-api:ManageConnections"], resources: [managed(sockets)] };

  const http = new sst.aws.ApiGatewayV2("Api", { accessLog: { retention: sizes.logRetention } });
  http.route("$default", {
    ...base,
    handler: "functions/lambda/http.handler",
    timeout: "29 seconds",
    permissions: [posts],
    concurrency: reserved(sizes.httpConcurrency, sizes.isRetained),
  });

  const routes = { $connect: "connect", $default: "message", $disconnect: "disconnect" } as const;
  for (const [route, name] of Object.entries(routes)) {
    sockets.route(route, {
      ...base,
      handler: `functions/lambda/${name}.handler`,
      timeout: "10 seconds",
      permissions: [posts],
      concurrency: reserved(sizes.socketConcurrency, sizes.isRetained),
    });
  }
  return { http };
}

/** A part that is overrun takes nothing from the others. Small accounts have nothing to reserve. */
const reserved = (count: number, isRetained: boolean) => (isRetained ? { reserved: count } : {});

/** Every connection of this API's stage, and no other API. */
export function managed(sockets: sst.aws.ApiGatewayWebSocket): $util.Output<string> {
  return $interpolate`${sockets.nodes.api.executionArn}/*/*/@connections/*`;
}
