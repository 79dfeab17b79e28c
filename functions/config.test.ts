import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { configFromEnv, variableNames } from "./config.ts";

const production = { NODE_ENV: "production", TOKEN_SECRET: "x".repeat(32) };

test("without any variable it is a development server on this machine", () => {
  expect(configFromEnv({})).toEqual({
    environment: "development",
    port: 8080,
    host: "127.0.0.1",
    dataDir: ".data",
    servers: { databaseUrl: null, redis: null, natsUrls: null, webSocket: null },
    tracing: null,
    isOnLambda: false,
    databaseDriver: "neon",
    neonWsProxy: null,
    awsRegion: "us-east-1",
    services: null,
    ai: {
      settings: {
        revision: 0,
        hosts: [],
        limits: {
          waitingMax: 2000,
          waitingPerUserMax: 200,
          tokensPerUserBurst: 60_000,
          tokensPerUserPerMinute: 20_000,
        },
      },
      models: { fallback: "llama3.2", byKind: {} },
      modelOptions: {},
    },
    logLevel: "info",
    publicOrigin: "http://localhost:8080",
    allowedOrigins: ["http://localhost:8080", "http://127.0.0.1:8080", "http://localhost:5173"],
    tokenSecret: null,
    otherTokenSecrets: [],
    originSecret: null,
    trustedProxyHops: 0,
    allowQueryToken: true,
    mail: { way: "file", directory: ".data/mail" },
    argon2: { memoryKiB: 19_456, timeCost: 2, parallelism: 1 },
    accounts: {
      sessionLifetime: { idleMs: 86_400_000, absoluteMs: 2_592_000_000 },
      accessTokenLifetimeMs: 900_000,
      loginPerAccount: { name: "login-account", burst: 5, perMs: 5 / 60_000 },
      loginPerAccountByStrangers: { name: "login-account-strangers", burst: 30, perMs: 30 / 60_000 },
      loginByStrangers: { name: "login-strangers", burst: 3_000, perMs: 3_000 / 60_000 },
      loginPerAddress: { name: "login-address", burst: 20, perMs: 20 / 60_000 },
      registerPerAddress: { name: "register-address", burst: 5, perMs: 5 / 3_600_000 },
      refreshPerSession: { name: "refresh-session", burst: 30, perMs: 30 / 60_000 },
      passwordPerUser: { name: "password-user", burst: 5, perMs: 5 / 60_000 },
      forgottenPerEmail: { name: "forgotten-email", burst: 3, perMs: 3 / 3_600_000 },
      forgottenPerAddress: { name: "forgotten-address", burst: 20, perMs: 20 / 3_600_000 },
      forgottenInAll: { name: "forgotten-all", burst: 2_000, perMs: 2_000 / 3_600_000 },
      verificationsPerUser: { name: "verifications-user", burst: 5, perMs: 5 / 3_600_000 },
      mailTokensPerAddress: { name: "mail-tokens-address", burst: 20, perMs: 20 / 60_000 },
      exportPagesPerUser: { name: "export-user", burst: 60, perMs: 60 / 60_000 },
      resetTokenLifetimeMs: 1_800_000,
      verifyTokenLifetimeMs: 86_400_000,
      linkBase: "http://localhost:8080",
      sendsMail: true,
      auditKeepMs: 400 * 86_400_000,
      limitsLoopback: false,
    },
    writesPerUser: { name: "writes-user", burst: 120, perMs: 120 / 60_000 },
    interviewPolicy: {
      messagesPerUser: { name: "interview-messages-user", burst: 20, perMs: 20 / 60_000 },
      startsPerUser: { name: "interviews-user", burst: 20, perMs: 20 / 3_600_000 },
      worldsPerUser: { name: "worlds-user", burst: 1, perMs: 1 / 3_600_000 },
      worldsMax: 20,
      planetClimate: "provisional",
    },
    ticketsPerUser: { name: "tickets-user", burst: 10, perMs: 10 / 60_000 },
    commandSettleMs: 0,
    commandsPerConnection: { name: "commands-connection", burst: 40, perMs: 0.02 },
  });
});

test("empty variables count as unset", () => {
  const empty = Object.fromEntries(variableNames.map((name) => [name, name === "PORT" ? "" : " "]));
  expect(configFromEnv(empty)).toEqual(configFromEnv({}));
});

test("production is closed by default and demands a secret", () => {
  expect(configFromEnv({ ...production, PUBLIC_URL: "https://play.example.org/" })).toMatchObject({
    environment: "production",
    publicOrigin: "https://play.example.org",
    allowedOrigins: ["https://play.example.org"],
    allowQueryToken: false,
    accounts: { limitsLoopback: true },
  });
  expect(() => configFromEnv({ NODE_ENV: "production" })).toThrow(
    /^TOKEN_SECRET: must be set when NODE_ENV=production/,
  );
});

test("what is given is taken", () => {
  expect(
    configFromEnv({
      PORT: "0",
      HOST: "0.0.0.0",
      DATABASE_URL: "postgres://u:p@db:5432/worlds",
      UPSTASH_REDIS_REST_URL: "https://redis.example",
      UPSTASH_REDIS_REST_TOKEN: "t",
      NATS_URL: "ws://a:8080, wss://b",
      SERVICES: "bus",
      LOG_LEVEL: "silent",
      ALLOWED_ORIGINS: "https://a.example, http://b.example:81/ ,",
      ALLOW_QUERY_TOKEN: "false",
      SESSION_LIFETIME_S: "3600",
      LOGIN_PER_ACCOUNT_PER_MINUTE: "60",
    }),
  ).toMatchObject({
    port: 0,
    host: "0.0.0.0",
    servers: {
      databaseUrl: "postgres://u:p@db:5432/worlds",
      redis: { url: "https://redis.example", token: "t" },
      natsUrls: ["ws://a:8080", "wss://b"],
      webSocket: null,
    },
    services: "bus",
    logLevel: "silent",
    allowedOrigins: ["https://a.example", "http://b.example:81"],
    allowQueryToken: false,
    accounts: { sessionLifetime: { idleMs: 3_600_000 }, loginPerAccount: { burst: 60, perMs: 0.001 } },
  });
});

test("mail goes to files while developing, nowhere in production unless somebody says where, and by SES from somebody", () => {
  const mailOf = (env: Record<string, string>) => {
    const { mail, accounts } = configFromEnv(env);
    return { mail, sends: accounts.sendsMail, links: accounts.linkBase };
  };
  expect(mailOf({ DATA_DIR: "/data", MAIL_LINK_URL: "https://play.example.org/app//" })).toEqual({
    mail: { way: "file", directory: "/data/mail" },
    sends: true,
    links: "https://play.example.org/app",
  });
  expect(mailOf(production)).toMatchObject({ mail: { way: "none" }, sends: false });
  const ses = { ...production, MAIL: "ses", MAIL_FROM: "Worlds <no-reply@example.org>" };
  expect(mailOf(ses)).toMatchObject({ mail: { way: "ses", from: "Worlds <no-reply@example.org>" }, sends: true });
});

test.each([
  ["PORT", "http"],
  ["PORT", "65536"],
  ["PORT", "-1"],
  ["PORT", "8080.5"],
  ["PORT", "0x50"],
  ["NODE_ENV", "prod"],
  ["LOG_LEVEL", "verbose"],
  ["SERVICES", "remote"],
  ["SERVICES", "bus"],
  ["DATABASE_URL", "mysql://db"],
  ["UPSTASH_REDIS_REST_URL", "redis://host"],
  ["NATS_URL", "nats://host:4222"],
  ["NEON_WS_PROXY", "host:5433"],
  ["WEBSOCKET_ENDPOINT", "somewhere"],
  ["PUBLIC_URL", "play.example.org"],
  ["PUBLIC_URL", "https://play.example.org/game"],
  ["PUBLIC_URL", "https://user:pw@play.example.org"],
  ["PUBLIC_URL", "ftp://play.example.org"],
  ["ALLOWED_ORIGINS", "https://a.example,*"],
  ["TOKEN_SECRET", "short"],
  ["TOKEN_SECRET_PREVIOUS", `${"x".repeat(32)},short`],
  ["ALLOW_QUERY_TOKEN", "maybe"],
  ["SESSION_LIFETIME_S", "59"],
  ["ARGON2_MEMORY_KIB", "12"],
  ["OLLAMA_HOSTS", "localhost:11434"],
  ["AI_MODELS", "poems=llama3.2"],
  ["AI_MODEL_OPTIONS", "num_ctx=1"],
  ["ARGON2_TIME_COST", "1"],
  ["COMMANDS_BURST", "0"],
  ["MAIL", "smtp"],
  ["MAIL_LINK_URL", "play.example.org"],
  ["MAIL_LINK_URL", "https://play.example.org/#app"],
  ["AUDIT_KEEP_DAYS", "0"],
])("%s=%s ends the start with one line that names it and does not repeat a secret", (name, value) => {
  const failure = () => configFromEnv({ [name]: value });
  expect(failure).toThrow(expect.objectContaining({ name: "ConfigError" }));
  expect(failure).toThrow(new RegExp(`^${name}[^\\n]*: [^\\n]+$`));
});

test("SES without somebody whom mail comes from is named", () => {
  expect(() => configFromEnv({ MAIL: "ses" })).toThrow(/^MAIL_FROM: /);
});

test("a Redis without its token, or a token without its Redis, is named", () => {
  expect(() => configFromEnv({ UPSTASH_REDIS_REST_URL: "https://redis.example" })).toThrow(
    /^UPSTASH_REDIS_REST_TOKEN: /,
  );
  expect(() => configFromEnv({ UPSTASH_REDIS_REST_TOKEN: "t" })).toThrow(/^UPSTASH_REDIS_REST_URL: /);
});

test("every variable is documented in .env.example, with its default where it has one", () => {
  const text = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const documented = parseEnv(text);
  expect(Object.keys(documented).toSorted()).toEqual(variableNames.toSorted());
  expect(configFromEnv(documented)).toEqual(configFromEnv({}));
});
