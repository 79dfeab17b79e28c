import * as z from "zod";
import type { AccountPolicy } from "#core/account/policy.ts";
import type { Limit } from "#core/ports.ts";
import type { Argon2Options } from "../argon2.ts";
import { commaList, whole } from "./parse.ts";

const secret = z
  .string()
  .refine(
    (text) => new TextEncoder().encode(text).length >= 32,
    "must have at least 32 bytes; make one with `openssl rand -base64 48`",
  );

/** The variables of accounts: whoever runs the verbs of accounts, functions or a worker, needs the same. */
export const accountVariables = {
  TOKEN_SECRET: secret.optional(),
  TOKEN_SECRET_PREVIOUS: commaList.pipe(z.array(secret)).default([]),
  SESSION_LIFETIME_S: whole(60, 90 * 24 * 3600).default(24 * 3600),
  SESSION_LIFETIME_MAX_S: whole(60, 365 * 24 * 3600).default(30 * 24 * 3600),
  ACCESS_TOKEN_LIFETIME_S: whole(60, 24 * 3600).default(15 * 60),
  ARGON2_MEMORY_KIB: whole(1024, 4 * 1024 * 1024).default(19 * 1024),
  ARGON2_TIME_COST: whole(2, 100).default(2),
  ARGON2_PARALLELISM: whole(1, 64).default(1),
  LOGIN_PER_ACCOUNT_PER_MINUTE: whole(1, 1_000_000).default(5),
  LOGIN_PER_ACCOUNT_BY_STRANGERS_PER_MINUTE: whole(1, 1_000_000).default(30),
  LOGIN_BY_STRANGERS_PER_MINUTE: whole(1, 10_000_000).default(3_000),
  LOGIN_PER_ADDRESS_PER_MINUTE: whole(1, 1_000_000).default(20),
  REGISTER_PER_ADDRESS_PER_HOUR: whole(1, 1_000_000).default(5),
  REFRESH_PER_SESSION_PER_MINUTE: whole(1, 1_000_000).default(30),
  PASSWORD_PER_USER_PER_MINUTE: whole(1, 1_000_000).default(5),
};

type Variables = {
  readonly [K in Exclude<keyof typeof accountVariables, "TOKEN_SECRET">]: z.output<(typeof accountVariables)[K]>;
};

export type AccountsConfig = {
  readonly argon2: Argon2Options;
  readonly accounts: AccountPolicy;
  /** Tokens made with these are good as well. */
  readonly otherTokenSecrets: readonly string[];
};

export function accountsFrom(vars: Variables, { limitsLoopback }: { limitsLoopback: boolean }): AccountsConfig {
  return {
    otherTokenSecrets: vars.TOKEN_SECRET_PREVIOUS,
    argon2: {
      memoryKiB: vars.ARGON2_MEMORY_KIB,
      timeCost: vars.ARGON2_TIME_COST,
      parallelism: vars.ARGON2_PARALLELISM,
    },
    accounts: {
      sessionLifetime: { idleMs: vars.SESSION_LIFETIME_S * 1000, absoluteMs: vars.SESSION_LIFETIME_MAX_S * 1000 },
      accessTokenLifetimeMs: vars.ACCESS_TOKEN_LIFETIME_S * 1000,
      loginPerAccount: perMinute("login-account", vars.LOGIN_PER_ACCOUNT_PER_MINUTE),
      loginPerAccountByStrangers: perMinute("login-account-strangers", vars.LOGIN_PER_ACCOUNT_BY_STRANGERS_PER_MINUTE),
      loginByStrangers: perMinute("login-strangers", vars.LOGIN_BY_STRANGERS_PER_MINUTE),
      loginPerAddress: perMinute("login-address", vars.LOGIN_PER_ADDRESS_PER_MINUTE),
      registerPerAddress: perHour("register-address", vars.REGISTER_PER_ADDRESS_PER_HOUR),
      refreshPerSession: perMinute("refresh-session", vars.REFRESH_PER_SESSION_PER_MINUTE),
      passwordPerUser: perMinute("password-user", vars.PASSWORD_PER_USER_PER_MINUTE),
      limitsLoopback,
    },
  };
}

export const perMinute = (name: string, burst: number): Limit => ({ name, burst, perMs: burst / 60_000 });
const perHour = (name: string, burst: number): Limit => ({ name, burst, perMs: burst / 3_600_000 });
