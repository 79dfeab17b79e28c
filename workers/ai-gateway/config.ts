import { hostname } from "node:os";
import * as z from "zod";
import { type AiConfig, aiFrom, aiVariables } from "#adapters/env/ai-variables.ts";
import { ConfigError, type Env, logLevel, parseEnv, whole } from "#adapters/env/parse.ts";
import { serversFrom, serverVariables } from "#adapters/env/server-variables.ts";
import { type EmfConfig, emfFrom, metricsVariables } from "#adapters/env/metrics-variables.ts";
import { tracingFrom, tracingVariables } from "#adapters/env/tracing-variables.ts";
import type { TracingConfig } from "#adapters/tracing/open-tracing.ts";

/** Everything operators may set of a gateway. It needs NATS; with Redis its budgets and cache are shared. It has no use for a database. */
export type GatewayConfig = AiConfig & {
  readonly name: string;
  readonly natsUrls: readonly string[];
  readonly natsLogin: ReturnType<typeof serversFrom>["natsLogin"];
  readonly natsReplicas: number;
  readonly redis: { readonly url: string; readonly token: string } | null;
  /** null: nothing is traced. */
  readonly tracing: TracingConfig | null;
  readonly emf: EmfConfig | null;
  readonly logLevel: z.output<typeof logLevel>;
  readonly healthPort: number;
};

/** The only reader of the environment here. */
export function readEnv(): Env {
  return process.env;
}

/** Throws a `ConfigError` of one line for the first variable that is wrong or missing. */
export function gatewayConfigFromEnv(env: Env): GatewayConfig {
  const vars = parseEnv(variables, env);
  const { natsUrls, natsLogin, natsReplicas = 1, redis } = serversFrom(vars);
  if (natsUrls === null) throw new ConfigError("NATS_URL: must be set; a worker on its own needs it");
  return {
    ...aiFrom(vars),
    name: vars.WORKER_NAME ?? `${hostname()}-${process.pid}`,
    natsUrls,
    natsLogin,
    natsReplicas,
    redis,
    tracing: tracingFrom(vars),
    emf: emfFrom(vars),
    logLevel: vars.LOG_LEVEL,
    healthPort: vars.HEALTH_PORT,
  };
}

const { NATS_URL, NATS_USER, NATS_PASSWORD, NATS_REPLICAS, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } =
  serverVariables;
const variables = z.object({
  WORKER_NAME: z
    .string()
    .regex(/^[\w.-]{1,100}$/, "must be 1 to 100 letters, digits, _, - or .")
    .optional(),
  NATS_URL,
  NATS_USER,
  NATS_PASSWORD,
  NATS_REPLICAS,
  UPSTASH_REDIS_REST_URL,
  UPSTASH_REDIS_REST_TOKEN,
  ...aiVariables,
  LOG_LEVEL: logLevel.default("info"),
  ...tracingVariables,
  ...metricsVariables,
  HEALTH_PORT: whole(0, 65_535).default(0),
});

/** Every variable there is. */
export const gatewayVariableNames: readonly string[] = Object.keys(variables.shape);
