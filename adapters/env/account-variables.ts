import * as z from "zod";
import type { AccountPolicy } from "#core/account/policy.ts";
import type { Limit } from "#core/ports.ts";
import type { Argon2Options } from "../argon2.ts";
import { whole } from "./parse.ts";

/** The variables of accounts: whoever runs the verbs of accounts, functions or a worker, needs the same. */
export const accountVariables = {
  TOKEN_SECRET: z
    .string()
    .refine(
      (text) => new TextEncoder().encode(text).length >= 32,
      "must have at least 32 bytes; make one with `openssl rand -base64 48`",
    )
    .optional(),
  SESSION_LIFETIME_S: whole(60, 90 * 24 * 3600).default(24 * 3600),
  ARGON2_MEMORY_KIB: whole(1024, 4 * 1024 * 1024).default(19 * 1024),
  ARGON2_TIME_COST: whole(2, 100).default(2),
  ARGON2_PARALLELISM: whole(1, 64).default(1),
  LOGIN_PER_ACCOUNT_PER_MINUTE: whole(1, 1_000_000).default(5),
  LOGIN_PER_ADDRESS_PER_MINUTE: whole(1, 1_000_000).default(20),
  REGISTER_PER_ADDRESS_PER_HOUR: whole(1, 1_000_000).default(5),
};

type Variables = {
  readonly [K in Exclude<keyof typeof accountVariables, "TOKEN_SECRET">]: z.output<(typeof accountVariables)[K]>;
};

export type AccountsConfig = { readonly argon2: Argon2Options; readonly accounts: AccountPolicy };

export function accountsFrom(vars: Variables, { limitsLoopback }: { limitsLoopback: boolean }): AccountsConfig {
  return {
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
      limitsLoopback,
    },
  };
}

export const perMinute = (name: string, burst: number): Limit => ({ name, burst, perMs: burst / 60_000 });
const perHour = (name: string, burst: number): Limit => ({ name, burst, perMs: burst / 3_600_000 });
