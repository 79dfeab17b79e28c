import * as z from "zod";
import { natsRoles } from "../nats/rights.ts";
import type { ServersConfig } from "../servers.ts";
import { ConfigError, whole } from "./parse.ts";

const list = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** The variables that say where the servers are. Shared by everything that starts: functions, workers, commands, the one process. */
export const serverVariables = {
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^\s]+$/, "must be a postgres:// URL; leave it out for the embedded database")
    .optional(),
  UPSTASH_REDIS_REST_URL: z
    .string()
    .regex(/^https?:\/\/[^\s]+$/, "must be the https:// URL of an Upstash Redis REST API")
    .optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  NATS_URL: z
    .string()
    .transform(list)
    .pipe(
      z
        .array(
          z
            .string()
            .regex(/^wss?:\/\/[^\s]+$/, "must be ws:// or wss:// URLs, separated by commas")
            .regex(/^[^@]*$/, "must not hold a password, which would be logged; set NATS_USER and NATS_PASSWORD"),
        )
        .min(1),
    )
    .optional(),
  NATS_USER: z.enum(natsRoles, `must be one of ${natsRoles.join(", ")}`).optional(),
  NATS_PASSWORD: z.string().optional(),
  NATS_REPLICAS: whole(1, 5).optional(),
  WEBSOCKET_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/[^\s]+$/, "must be the https:// endpoint of the WebSocket API's stage")
    .optional(),
  AWS_REGION: z.string().default("us-east-1"),
};

type Variables = { readonly [K in keyof typeof serverVariables]?: z.output<(typeof serverVariables)[K]> };

/** Throws a `ConfigError` for what is set without that which it needs. */
export function serversFrom(vars: Variables): ServersConfig {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = vars;
  if (url !== undefined && token === undefined)
    throw new ConfigError("UPSTASH_REDIS_REST_TOKEN: must be set with UPSTASH_REDIS_REST_URL");
  if (token !== undefined && url === undefined)
    throw new ConfigError("UPSTASH_REDIS_REST_URL: must be set with UPSTASH_REDIS_REST_TOKEN");
  const { NATS_USER: user, NATS_PASSWORD: password } = vars;
  if (user !== undefined && password === undefined) throw new ConfigError("NATS_PASSWORD: must be set with NATS_USER");
  if (password !== undefined && user === undefined) throw new ConfigError("NATS_USER: must be set with NATS_PASSWORD");
  if (user !== undefined && vars.NATS_URL === undefined) throw new ConfigError("NATS_URL: must be set with NATS_USER");
  return {
    databaseUrl: vars.DATABASE_URL ?? null,
    redis: url === undefined || token === undefined ? null : { url, token },
    natsUrls: vars.NATS_URL ?? null,
    ...(user !== undefined && password !== undefined && { natsLogin: { user, password } }),
    ...(vars.NATS_REPLICAS !== undefined && { natsReplicas: vars.NATS_REPLICAS }),
    webSocket:
      vars.WEBSOCKET_ENDPOINT === undefined
        ? null
        : { endpoint: vars.WEBSOCKET_ENDPOINT, region: vars.AWS_REGION ?? "us-east-1" },
  };
}
