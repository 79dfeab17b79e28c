import * as z from "zod";
import { type AccountsConfig, accountsFrom, accountVariables, perMinute } from "#adapters/env/account-variables.ts";
import { interviewPolicyFrom, interviewVariables } from "#adapters/env/interview-variables.ts";
import { type AiConfig, aiFrom, aiVariables } from "#adapters/env/ai-variables.ts";
import { commaList, ConfigError, type Env, logLevel, parseEnv, whole, yesOrNo } from "#adapters/env/parse.ts";
import { serversFrom, serverVariables } from "#adapters/env/server-variables.ts";
import { tracingFrom, tracingVariables } from "#adapters/env/tracing-variables.ts";
import type { ServersConfig } from "#adapters/servers.ts";
import type { TracingConfig } from "#adapters/tracing/open-tracing.ts";
import type { InterviewPolicy } from "#core/interview/context.ts";
import type { Limit } from "#core/ports/limits.ts";
import { servicePlaces } from "./services.ts";

export const environments = ["development", "test", "production"] as const;

const databaseDrivers = ["neon", "pg"] as const;

/** Everything operators may set. Both the functions and the one-process backend start from it. */
export type Config = AccountsConfig & {
  readonly environment: (typeof environments)[number];
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** What is null runs inside the one process; functions on their own need all of them. */
  readonly servers: ServersConfig;
  /** How functions on their own reach the database: Neon's driver over WebSocket, or `pg` over TCP. */
  readonly databaseDriver: (typeof databaseDrivers)[number];
  /** The relay that stands in for Neon's on this machine. */
  readonly neonWsProxy: string | null;
  /** null: nothing is traced. */
  readonly tracing: TracingConfig | null;
  /** The process is frozen as soon as its answer is there. */
  readonly isOnLambda: boolean;
  /** Of SES, where mail goes out by it. */
  readonly awsRegion: string;
  /** null: inline in the one process, over the bus for functions on their own. */
  readonly services: (typeof servicePlaces)[number] | null;
  /** For the one process; others have it from the gateways. */
  readonly ai: AiConfig;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** The origin under which clients see this server: decides the scheme and the name of the cookie. */
  readonly publicOrigin: string;
  /** Exact origins from which a browser may send requests and open sockets. */
  readonly allowedOrigins: readonly string[];
  /** null: the launcher makes one and keeps it in `dataDir`. */
  readonly tokenSecret: string | null;
  /** What our router adds to each request, so that nobody comes past it with an address of his choice; null: there is no router. */
  readonly originSecret: string | null;
  /** How many proxies that add to X-Forwarded-For are ours, the gateway among them. */
  readonly trustedProxyHops: number;
  /** Whether a socket may be opened with `?token=`. */
  readonly allowQueryToken: boolean;
  /** Every write of a logged-in user that has no limit of its own. */
  readonly writesPerUser: Limit;
  readonly ticketsPerUser: Limit;
  readonly interviewPolicy: InterviewPolicy;
  readonly commandsPerConnection: Limit;
  /**
   * How long a command waits for one that its gateway had before it, where the client does not count them. 0: the gateway starts no
   * invocation of a connection before the last one has ended, or in the order of the frames in one process.
   */
  readonly commandSettleMs: number;
};

/** More than an invocation of a warm function is usually late by. */
const commandSettleMsOnLambda = 40;

/** The only reader of the environment. */
export function readEnv(): Env {
  return process.env;
}

/** Empty strings count as unset. Throws a `ConfigError` of one line for the first variable that is wrong. */
export function configFromEnv(env: Env): Config {
  const vars = parseEnv(variables, env);
  const isOnLambda = env["AWS_LAMBDA_FUNCTION_NAME"] !== undefined;
  const isProduction = vars.NODE_ENV === "production";
  if (isProduction && vars.TOKEN_SECRET === undefined)
    throw new ConfigError(
      "TOKEN_SECRET: must be set when NODE_ENV=production; make one with `openssl rand -base64 48`",
    );

  if (vars.SERVICES === "bus" && vars.NATS_URL === undefined)
    throw new ConfigError("SERVICES: bus needs NATS_URL, on which the auth and player workers answer");

  const publicOrigin = vars.PUBLIC_URL ?? `http://localhost:${vars.PORT}`;
  return {
    environment: vars.NODE_ENV,
    port: vars.PORT,
    host: vars.HOST,
    dataDir: vars.DATA_DIR,
    servers: serversFrom(vars),
    tracing: tracingFrom(vars),
    isOnLambda,
    databaseDriver: vars.DATABASE_DRIVER,
    originSecret: vars.ORIGIN_SECRET ?? null,
    neonWsProxy: vars.NEON_WS_PROXY ?? null,
    awsRegion: vars.AWS_REGION,
    services: vars.SERVICES ?? null,
    ai: aiFrom(vars),
    logLevel: vars.LOG_LEVEL,
    publicOrigin,
    allowedOrigins: vars.ALLOWED_ORIGINS ?? defaultOrigins(publicOrigin, vars.PORT, isProduction),
    tokenSecret: vars.TOKEN_SECRET ?? null,
    trustedProxyHops: vars.TRUSTED_PROXY_HOPS,
    allowQueryToken: vars.ALLOW_QUERY_TOKEN ?? !isProduction,
    ...accountsFrom(vars, { isProduction, publicOrigin, dataDir: vars.DATA_DIR }),
    writesPerUser: perMinute("writes-user", vars.WRITES_PER_USER_PER_MINUTE),
    ticketsPerUser: perMinute("tickets-user", vars.TICKETS_PER_USER_PER_MINUTE),
    interviewPolicy: interviewPolicyFrom(vars),
    commandsPerConnection: {
      name: "commands-connection",
      burst: vars.COMMANDS_BURST,
      perMs: vars.COMMANDS_PER_SECOND / 1000,
    },
    commandSettleMs: vars.COMMAND_SETTLE_MS ?? (isOnLambda ? commandSettleMsOnLambda : 0),
  };
}

function defaultOrigins(publicOrigin: string, port: number, isProduction: boolean): string[] {
  if (isProduction) return [publicOrigin];
  const local = [`http://localhost:${port}`, `http://127.0.0.1:${port}`, "http://localhost:5173"];
  return [...new Set([publicOrigin, ...local])];
}

const originMessage = "must be an origin such as https://play.example.org, without a path";
const origin = z
  .string()
  .trim()
  .transform((text, issues) => originOf(text) ?? (issues.addIssue(originMessage), z.NEVER));

function originOf(text: string): string | null {
  const url = URL.parse(text);
  const isOrigin =
    url !== null &&
    ["http:", "https:"].includes(url.protocol) &&
    url.pathname === "/" &&
    `${url.search}${url.hash}${url.username}${url.password}` === "";
  return isOrigin ? url.origin : null;
}

const variables = z.object({
  NODE_ENV: z.enum(environments, `must be one of ${environments.join(", ")}`).default("development"),
  PORT: whole(0, 65_535).default(8080),
  HOST: z.string().trim().default("127.0.0.1"),
  DATA_DIR: z.string().default(".data"),
  ...serverVariables,
  DATABASE_DRIVER: z.enum(databaseDrivers, `must be one of ${databaseDrivers.join(", ")}`).default("neon"),
  ORIGIN_SECRET: z.string().min(16, "must have at least 16 characters").optional(),
  NEON_WS_PROXY: z
    .string()
    .regex(/^wss?:\/\/[^\s]+$/, "must be the ws:// URL of a relay")
    .optional(),
  SERVICES: z.enum(servicePlaces, `must be one of ${servicePlaces.join(", ")}`).optional(),
  ...aiVariables,
  LOG_LEVEL: logLevel.default("info"),
  ...tracingVariables,
  PUBLIC_URL: origin.optional(),
  ALLOWED_ORIGINS: commaList.pipe(z.array(origin)).optional(),
  ...accountVariables,
  TRUSTED_PROXY_HOPS: whole(0, 10).default(0),
  ALLOW_QUERY_TOKEN: yesOrNo.optional(),
  WRITES_PER_USER_PER_MINUTE: whole(1, 1_000_000).default(120),
  TICKETS_PER_USER_PER_MINUTE: whole(1, 1_000_000).default(10),
  ...interviewVariables,
  COMMANDS_PER_SECOND: whole(1, 10_000).default(20),
  COMMANDS_BURST: whole(1, 100_000).default(40),
  COMMAND_SETTLE_MS: whole(0, 1000).optional(),
});

/** Every variable there is, for the test that keeps `.env.example` true. */
export const variableNames: readonly string[] = Object.keys(variables.shape);
