import * as z from "zod";
import type { AccountPolicy } from "#core/account/policy.ts";
import type { Limit } from "#core/ports.ts";

export const environments = ["development", "test", "production"] as const;

/** Everything operators may set. Both the functions and the one-process backend start from it. */
export type Config = {
  readonly environment: (typeof environments)[number];
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** The origin under which clients see this server: decides the scheme and the name of the cookie. */
  readonly publicOrigin: string;
  /** Exact origins from which a browser may send requests and open sockets. */
  readonly allowedOrigins: readonly string[];
  /** null: the launcher makes one and keeps it in `dataDir`. */
  readonly tokenSecret: string | null;
  /** Whether a socket may be opened with `?token=`. */
  readonly allowQueryToken: boolean;
  readonly argon2: { readonly memoryKiB: number; readonly timeCost: number; readonly parallelism: number };
  readonly accounts: AccountPolicy;
  /** Every write of a logged-in user that has no limit of its own. */
  readonly writesPerUser: Limit;
  readonly commandsPerConnection: Limit;
};

export type Env = Readonly<Record<string, string | undefined>>;

/** The only reader of the environment. */
export function readEnv(): Env {
  return process.env;
}

/** "VARIABLE: what is wrong and what to do", fit to be the last line before an exit. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Empty strings count as unset. Throws a `ConfigError` of one line for the first variable that is wrong. */
export function configFromEnv(env: Env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""));
  const parsed = variables.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new ConfigError(`${issue.path.join(".")}: ${issue.message}`);
  }
  const vars = parsed.data;
  const isProduction = vars.NODE_ENV === "production";
  if (isProduction && vars.TOKEN_SECRET === undefined)
    throw new ConfigError(
      "TOKEN_SECRET: must be set when NODE_ENV=production; make one with `openssl rand -base64 48`",
    );

  const publicOrigin = vars.PUBLIC_URL ?? `http://localhost:${vars.PORT}`;
  return {
    environment: vars.NODE_ENV,
    port: vars.PORT,
    host: vars.HOST,
    dataDir: vars.DATA_DIR,
    databaseUrl: vars.DATABASE_URL ?? null,
    logLevel: vars.LOG_LEVEL,
    publicOrigin,
    allowedOrigins: vars.ALLOWED_ORIGINS ?? defaultOrigins(publicOrigin, vars.PORT, isProduction),
    tokenSecret: vars.TOKEN_SECRET ?? null,
    allowQueryToken: vars.ALLOW_QUERY_TOKEN ?? !isProduction,
    argon2: {
      memoryKiB: vars.ARGON2_MEMORY_KIB,
      timeCost: vars.ARGON2_TIME_COST,
      parallelism: vars.ARGON2_PARALLELISM,
    },
    accounts: {
      sessionLifetimeMs: vars.SESSION_LIFETIME_S * 1000,
      loginPerAccount: perMinute("login-account", vars.LOGIN_PER_ACCOUNT_PER_MINUTE),
      loginPerAddress: perMinute("login-address", vars.LOGIN_PER_ADDRESS_PER_MINUTE),
      registerPerAddress: perHour("register-address", vars.REGISTER_PER_ADDRESS_PER_HOUR),
      limitsLoopback: isProduction,
    },
    writesPerUser: perMinute("writes-user", vars.WRITES_PER_USER_PER_MINUTE),
    commandsPerConnection: {
      name: "commands-connection",
      burst: vars.COMMANDS_BURST,
      perMs: vars.COMMANDS_PER_SECOND / 1000,
    },
  };
}

function defaultOrigins(publicOrigin: string, port: number, isProduction: boolean): string[] {
  if (isProduction) return [publicOrigin];
  const local = [`http://localhost:${port}`, `http://127.0.0.1:${port}`, "http://localhost:5173"];
  return [...new Set([publicOrigin, ...local])];
}

const perMinute = (name: string, burst: number): Limit => ({ name, burst, perMs: burst / 60_000 });
const perHour = (name: string, burst: number): Limit => ({ name, burst, perMs: burst / 3_600_000 });

const whole = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\s*\d{1,15}\s*$/, message)
    .transform(Number)
    .pipe(z.int(message).min(min, message).max(max, message));
};

const yesOrNo = z
  .enum(["true", "false", "1", "0"], "must be true or false")
  .transform((text) => text === "true" || text === "1");

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
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^\s]+$/, "must be a postgres:// URL; leave it out for the embedded database")
    .optional(),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be one of debug, info, warn, error, silent")
    .default("info"),
  PUBLIC_URL: origin.optional(),
  ALLOWED_ORIGINS: z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    )
    .pipe(z.array(origin))
    .optional(),
  TOKEN_SECRET: z
    .string()
    .refine(
      (text) => new TextEncoder().encode(text).length >= 32,
      "must have at least 32 bytes; make one with `openssl rand -base64 48`",
    )
    .optional(),
  ALLOW_QUERY_TOKEN: yesOrNo.optional(),
  SESSION_LIFETIME_S: whole(60, 90 * 24 * 3600).default(24 * 3600),
  ARGON2_MEMORY_KIB: whole(1024, 4 * 1024 * 1024).default(19 * 1024),
  ARGON2_TIME_COST: whole(2, 100).default(2),
  ARGON2_PARALLELISM: whole(1, 64).default(1),
  LOGIN_PER_ACCOUNT_PER_MINUTE: whole(1, 1_000_000).default(5),
  LOGIN_PER_ADDRESS_PER_MINUTE: whole(1, 1_000_000).default(20),
  REGISTER_PER_ADDRESS_PER_HOUR: whole(1, 1_000_000).default(5),
  WRITES_PER_USER_PER_MINUTE: whole(1, 1_000_000).default(120),
  COMMANDS_PER_SECOND: whole(1, 10_000).default(20),
  COMMANDS_BURST: whole(1, 100_000).default(40),
});

/** Every variable there is, for the test that keeps `.env.example` true. */
export const variableNames: readonly string[] = Object.keys(variables.shape);
