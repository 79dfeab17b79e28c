import * as z from "zod";
import type { AccountPolicy } from "#core/account/policy.ts";
import type { Limit } from "#core/ports/limits.ts";
import type { Argon2Options } from "../argon2.ts";
import type { MailConfig } from "../mail/open-mail.ts";
import { commaList, ConfigError, whole } from "./parse.ts";

const secret = z
  .string()
  .refine(
    (text) => new TextEncoder().encode(text).length >= 32,
    "must have at least 32 bytes; make one with `openssl rand -base64 48`",
  );

export const mailWays = ["none", "file", "ses"] as const;

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
  FORGOTTEN_PER_EMAIL_PER_HOUR: whole(1, 1_000_000).default(3),
  FORGOTTEN_PER_ADDRESS_PER_HOUR: whole(1, 1_000_000).default(20),
  FORGOTTEN_IN_ALL_PER_HOUR: whole(1, 10_000_000).default(2_000),
  VERIFICATIONS_PER_USER_PER_HOUR: whole(1, 1_000_000).default(5),
  MAIL_TOKENS_PER_ADDRESS_PER_MINUTE: whole(1, 1_000_000).default(20),
  EXPORT_PAGES_PER_USER_PER_MINUTE: whole(1, 1_000_000).default(60),
  RESET_TOKEN_LIFETIME_S: whole(60, 24 * 3600).default(30 * 60),
  VERIFY_TOKEN_LIFETIME_S: whole(60, 30 * 24 * 3600).default(24 * 3600),
  AUDIT_KEEP_DAYS: whole(1, 36_500).default(400),
  MAIL: z.enum(mailWays, `must be one of ${mailWays.join(", ")}`).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]{3,320}$/, "must be an address: name@example.org, or Name <name@example.org>")
    .optional(),
  MAIL_DIR: z.string().optional(),
  MAIL_LINK_URL: z
    .string()
    .regex(/^https?:\/\/[^\s?#]+$/, "must be an http(s):// URL without ? and #")
    .optional(),
};

type Variables = Omit<z.output<z.ZodObject<typeof accountVariables>>, "TOKEN_SECRET">;

export type AccountsConfig = {
  readonly argon2: Argon2Options;
  readonly accounts: AccountPolicy;
  /** Tokens made with these are good as well. */
  readonly otherTokenSecrets: readonly string[];
  readonly mail: MailConfig;
};

type Around = { readonly isProduction: boolean; readonly publicOrigin: string; readonly dataDir: string };

/** Throws a `ConfigError` where mail is to be sent by SES from nobody. */
export function accountsFrom(vars: Variables, { isProduction, publicOrigin, dataDir }: Around): AccountsConfig {
  const mail = mailFrom(vars, { isProduction, dataDir });
  return {
    mail,
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
      forgottenPerEmail: perHour("forgotten-email", vars.FORGOTTEN_PER_EMAIL_PER_HOUR),
      forgottenPerAddress: perHour("forgotten-address", vars.FORGOTTEN_PER_ADDRESS_PER_HOUR),
      forgottenInAll: perHour("forgotten-all", vars.FORGOTTEN_IN_ALL_PER_HOUR),
      verificationsPerUser: perHour("verifications-user", vars.VERIFICATIONS_PER_USER_PER_HOUR),
      mailTokensPerAddress: perMinute("mail-tokens-address", vars.MAIL_TOKENS_PER_ADDRESS_PER_MINUTE),
      exportPagesPerUser: perMinute("export-user", vars.EXPORT_PAGES_PER_USER_PER_MINUTE),
      resetTokenLifetimeMs: vars.RESET_TOKEN_LIFETIME_S * 1000,
      verifyTokenLifetimeMs: vars.VERIFY_TOKEN_LIFETIME_S * 1000,
      linkBase: (vars.MAIL_LINK_URL ?? publicOrigin).replace(/\/+$/, ""),
      sendsMail: mail.way !== "none",
      auditKeepMs: vars.AUDIT_KEEP_DAYS * 24 * 3_600_000,
      limitsLoopback: isProduction,
    },
  };
}

/** Mails with links that open accounts do not lie about in files of a server that means it, unless somebody says so. */
function mailFrom(vars: Variables, { isProduction, dataDir }: Omit<Around, "publicOrigin">): MailConfig {
  const way = vars.MAIL ?? (isProduction ? "none" : "file");
  if (way === "none") return { way };
  if (way === "file") return { way, directory: vars.MAIL_DIR ?? `${dataDir}/mail` };
  if (vars.MAIL_FROM === undefined) throw new ConfigError("MAIL_FROM: must be set with MAIL=ses");
  return { way, from: vars.MAIL_FROM };
}

export const perMinute = (name: string, burst: number): Limit => ({ name, burst, perMs: burst / 60_000 });
export const perHour = (name: string, burst: number): Limit => ({ name, burst, perMs: burst / 3_600_000 });
