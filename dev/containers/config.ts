import * as z from "zod";
import type { RedisAddress } from "../upstash-rest/redis-link.ts";
import { ConfigError, type Env, logLevel, parseEnv, whole } from "#adapters/env/parse.ts";

/** Beside those of the functions. */
const frontVariables = z.object({
  MANAGEMENT_HOST: z.string().default("127.0.0.1"),
  MANAGEMENT_PORT: whole(0, 65_535).default(0),
});

const restVariables = z.object({
  REDIS_URL: z
    .string()
    .regex(
      /^rediss?:\/\/(:[^@\s]+@)?[\w.-]+(:\d+)?$/,
      "must be a redis://host:port or rediss://:password@host:port URL",
    )
    .optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: whole(0, 65_535).default(0),
  LOG_LEVEL: logLevel.default("info"),
});

export const containerVariableNames: readonly string[] = [frontVariables, restVariables].flatMap(({ shape }) =>
  Object.keys(shape),
);

export type FrontConfig = { readonly managementHost: string; readonly managementPort: number };

export function frontConfigFromEnv(env: Env): FrontConfig {
  const vars = parseEnv(frontVariables, env);
  return { managementHost: vars.MANAGEMENT_HOST, managementPort: vars.MANAGEMENT_PORT };
}

export type RestConfig = {
  readonly redis: RedisAddress;
  readonly token: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: z.output<typeof logLevel>;
};

export function restConfigFromEnv(env: Env): RestConfig {
  const {
    REDIS_URL: url,
    UPSTASH_REDIS_REST_TOKEN: token,
    HOST: host,
    PORT: port,
    ...vars
  } = parseEnv(restVariables, env);
  if (url === undefined) throw missing("REDIS_URL");
  if (token === undefined) throw missing("UPSTASH_REDIS_REST_TOKEN");
  return {
    redis: redisAddress(url),
    token,
    host,
    port,
    logLevel: vars.LOG_LEVEL,
  };
}

function redisAddress(url: string): RedisAddress {
  const { hostname, password, port, protocol } = new URL(url);
  return {
    host: hostname,
    port: port === "" ? 6379 : Number(port),
    isEncrypted: protocol === "rediss:",
    ...(password !== "" && { password: decodeURIComponent(password) }),
  };
}

const missing = (name: string): ConfigError => new ConfigError(`${name}: must be set; the REST endpoint needs it`);
