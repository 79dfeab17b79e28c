import { hostname } from "node:os";
import * as z from "zod";
import { type AccountsConfig, accountsFrom, accountVariables } from "#adapters/env/account-variables.ts";
import { ConfigError, type Env, logLevel, parseEnv, whole } from "#adapters/env/parse.ts";
import { serversFrom, serverVariables } from "#adapters/env/server-variables.ts";
import { interviewPolicyFrom, interviewVariables } from "#adapters/env/interview-variables.ts";
import { type EmfConfig, emfFrom, metricsVariables } from "#adapters/env/metrics-variables.ts";
import { tracingFrom, tracingVariables } from "#adapters/env/tracing-variables.ts";
import type { ServersConfig } from "#adapters/servers.ts";
import type { TracingConfig } from "#adapters/tracing/open-tracing.ts";
import type { InterviewPolicy } from "#core/interview/context.ts";

/** Everything operators may set of a worker. Workers have no part that could run without its server. */
export type WorkerConfig = AccountsConfig & {
  /** Names this process among its like: as the owner of worlds, and to NATS. Unique in a fleet. */
  readonly name: string;
  readonly servers: ServersConfig;
  /** null: nothing is traced. */
  readonly tracing: TracingConfig | null;
  readonly emf: EmfConfig | null;
  readonly logLevel: z.output<typeof logLevel>;
  readonly tokenSecret: string;
  /** The origin that tokens are made for. */
  readonly publicOrigin: string;
  /** Of SES, where mail goes out by it. */
  readonly awsRegion: string;
  readonly leaseMs: number;
  readonly interviewPolicy: InterviewPolicy;
  /** Where health is asked for; 0 for a free port. */
  readonly healthPort: number;
};

/** The only reader of the environment here. */
export function readEnv(): Env {
  return process.env;
}

/** Throws a `ConfigError` of one line for the first variable that is wrong or missing. */
export function workerConfigFromEnv(env: Env): WorkerConfig {
  const vars = parseEnv(variables, env);
  const isProduction = vars.NODE_ENV === "production";
  const servers = serversFrom(vars);
  const { TOKEN_SECRET: tokenSecret } = vars;
  if (servers.databaseUrl === null) throw missing("DATABASE_URL");
  if (servers.redis === null) throw missing("UPSTASH_REDIS_REST_URL");
  if (servers.natsUrls === null) throw missing("NATS_URL");
  if (servers.webSocket === null) throw missing("WEBSOCKET_ENDPOINT");
  if (tokenSecret === undefined) throw missing("TOKEN_SECRET");
  return {
    name: vars.WORKER_NAME ?? `${hostname()}-${process.pid}`,
    servers,
    tracing: tracingFrom(vars),
    emf: emfFrom(vars),
    logLevel: vars.LOG_LEVEL,
    tokenSecret,
    publicOrigin: vars.PUBLIC_URL,
    awsRegion: vars.AWS_REGION,
    leaseMs: vars.LEASE_MS,
    healthPort: vars.HEALTH_PORT,
    interviewPolicy: interviewPolicyFrom(vars),
    ...accountsFrom(vars, { isProduction, publicOrigin: vars.PUBLIC_URL, dataDir: ".data" }),
  };
}

const missing = (name: string): ConfigError => new ConfigError(`${name}: must be set; a worker on its own needs it`);

const variables = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  WORKER_NAME: z
    .string()
    .regex(/^[\w.-]{1,100}$/, "must be 1 to 100 letters, digits, _, - or .")
    .optional(),
  ...serverVariables,
  ...accountVariables,
  ...interviewVariables,
  LOG_LEVEL: logLevel.default("info"),
  ...tracingVariables,
  ...metricsVariables,
  PUBLIC_URL: z.string().default("http://localhost:8080"),
  LEASE_MS: whole(1000, 300_000).default(15_000),
  HEALTH_PORT: whole(0, 65_535).default(0),
});

/** Every variable there is, for the test that keeps docs/operations.md true. */
export const workerVariableNames: readonly string[] = Object.keys(variables.shape);
