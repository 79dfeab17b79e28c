import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectRedis } from "#adapters/redis/connect.ts";
import { redisOutbox } from "#adapters/redis/outbox.ts";
import { freePort } from "#dev/servers/server-process.ts";
import { silentLog } from "#tests/support/database.ts";
import { type Certificate, certificateFor } from "#tests/support/certificate.ts";
import { type Running, runProgram } from "#tests/support/program.ts";
import { redisIsHere, redisProgram, redisToken } from "#tests/support/redis-rig.ts";
import { type RedisServer, startRedisServer } from "#tests/support/redis-server.ts";
import { outboxContract } from "../contract/outbox.ts";

// As with TW_DATA=own (infra/data.ts): the container that speaks Upstash's REST, and behind it a Redis that takes TLS and a password only.

redisIsHere();
const password = "p@ss:word/of the tests";
const startMsMax = 20_000;

describe.skipIf(redisProgram === null)("a Redis that is only to be had over TLS", () => {
  let own: Certificate;
  let server: RedisServer;
  const programs: Running[] = [];
  beforeAll(async () => {
    own = certificateFor("localhost");
    server = await startRedisServer(redisProgram as string, { tls: { ...own, password } });
  });
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.giveUp()));
    await server[Symbol.asyncDispose]();
    own[Symbol.dispose]();
  });

  const address = (host: string) => `rediss://:${encodeURIComponent(password)}@${host}:${server.port}`;
  const rest = async (changes: { readonly url?: string; readonly trusts?: string } = {}) => {
    const port = await freePort();
    const program = runProgram("dev/containers/upstash-rest.ts", [], {
      PORT: String(port),
      REDIS_URL: changes.url ?? address("localhost"),
      UPSTASH_REDIS_REST_TOKEN: redisToken,
      NODE_EXTRA_CA_CERTS: changes.trusts ?? own.certFile,
    });
    programs.push(program);
    expect(await program.until(() => program.stdout().includes("upstash-rest ready"), startMsMax)).toBe(true);
    const url = `http://127.0.0.1:${port}`;
    const ask = async (): Promise<{ status: number; body: string }> => {
      const headers = { authorization: `Bearer ${redisToken}` };
      const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(["PING"]) });
      return { status: answer.status, body: await answer.text() };
    };
    return { url, ask };
  };

  describe("keeps what", () => {
    let url = "";
    let prefixes = 0;
    beforeAll(async () => {
      ({ url } = await rest());
    });
    outboxContract("the outbox over TLS", async () => {
      const redis = connectRedis({ url, token: redisToken, log: silentLog, prefix: `tls${(prefixes += 1)}:` });
      return { outbox: redisOutbox(redis), [Symbol.asyncDispose]: async () => redis[Symbol.dispose]() };
    });
  });

  test("answers who trusts its certificate and knows its password", async () => {
    const { ask } = await rest();
    expect(await ask()).toEqual({ status: 200, body: `{"result":"PONG"}` });
  });

  test.each([
    ["without TLS", () => ({ url: address("localhost").replace("rediss:", "redis:") })],
    ["with a wrong password", () => ({ url: `rediss://:wrong@localhost:${server.port}` })],
    ["by a name that its certificate does not have", () => ({ url: address("127.0.0.1") })],
    ["by who does not know who signed its certificate", () => ({ trusts: "/dev/null" })],
  ])("is not to be had %s", async (_, changes) => {
    const { ask } = await rest(changes());
    const { status, body } = await ask();
    expect(status).toBeGreaterThanOrEqual(500);
    expect(body).toMatch(/Redis (?:cannot be reached|refuses the password)/u);
    expect(body).not.toContain(password);
  });
});
