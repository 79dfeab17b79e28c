import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type NatsRole, natsRoles } from "#adapters/nats/rights.ts";
import { openPostgres } from "#adapters/postgres/postgres.ts";
import { openServers } from "#adapters/servers.ts";
import { systemClock } from "#adapters/system-clock.ts";
import type { Llm } from "#core/ports/models.ts";
import { createContext } from "#dev/context.ts";
import { configFromEnv } from "#functions/config.ts";
import { createFunctionsContext } from "#functions/create-context.ts";
import { silentLog } from "#tests/support/database.ts";
import { startGatewayProcess } from "#tests/support/gateway-fleet.ts";
import { question } from "#tests/support/gateway-worker-rig.ts";
import { findNatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { type OllamaStandIn, startOllama } from "#tests/support/ollama-stand-in.ts";

testNatsServerIsHere();

let ollama: OllamaStandIn;
beforeEach(async () => {
  ollama = await startOllama();
});
afterEach(() => ollama[Symbol.asyncDispose]());

/** Named, and never connected to: nothing here is stored. */
const nowhere = { databaseUrl: "postgres://u:p@127.0.0.1:1/none", url: "http://127.0.0.1:1", token: "t" };

/** As `npm start` makes it. */
async function oneProcess(env: Record<string, string>) {
  await using opening = new AsyncDisposableStack();
  const config = configFromEnv({ ...env, ARGON2_MEMORY_KIB: "19456" });
  const common = { clock: systemClock, log: silentLog };
  const servers = opening.use(await openServers({ ...config.servers, databaseUrl: null }, { ...common, name: "test" }));
  await vi.waitFor(() => servers.checks["nats"]?.(), { interval: 5 });
  const postgres = openPostgres({ url: nowhere.databaseUrl, log: silentLog });
  opening.defer(() => postgres.close());
  const clients = { post: async () => "gone" as const, close: async () => {} };
  const given = { ...common, config, postgres, servers, clients, tokenSecret: "x".repeat(32) };
  const { ctx } = opening.use(await createContext(given));
  const open = opening.move();
  return { ctx, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

async function timed(llm: Llm, text: string) {
  const startedMs = performance.now();
  const answer = await llm.ask(question(text));
  return { answer, tookMs: performance.now() - startedMs };
}

describe("in one process", () => {
  test("a model is asked through the context, and its answer told as it comes", async () => {
    await using own = await oneProcess({ OLLAMA_HOSTS: ollama.url });
    const tokens: string[] = [];
    const answer = await own.ctx.llm.ask(question(), { onToken: (text) => tokens.push(text) });
    expect(answer).toMatchObject({ status: "answered", text: tokens.join("") });
    expect(ollama.asked).toHaveLength(1);
    expect(await own.ctx.metricsText?.()).toContain('ai_answers_total{kind="npc"} 1');
  });

  test("what it asks for is stopped when it ends", async () => {
    ollama.behave(() => ({ kind: "stall", after: 0 }));
    const own = await oneProcess({ OLLAMA_HOSTS: ollama.url });
    const asked = own.ctx.llm.ask(question());
    await expect.poll(() => ollama.open(), { interval: 5 }).toBe(1);
    const startedMs = performance.now();
    await own[Symbol.asyncDispose]();
    expect(await asked).toEqual({ status: "degraded", reason: "cancelled" });
    expect(ollama.open()).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });

  test("without OLLAMA_HOSTS every question is degraded at once", async () => {
    await using own = await oneProcess({});
    const { answer, tookMs } = await timed(own.ctx.llm, "Is anybody there?");
    expect(answer).toMatchObject({ status: "degraded", reason: "no-gateway" });
    expect(tookMs).toBeLessThan(100);
  });

  test("with a host that does not answer every question is degraded at once", async () => {
    await ollama[Symbol.asyncDispose]();
    await using own = await oneProcess({ OLLAMA_HOSTS: ollama.url });
    const { answer, tookMs } = await timed(own.ctx.llm, "Is anybody there?");
    expect(answer).toMatchObject({ status: "degraded", reason: "no-host" });
    expect(tookMs).toBeLessThan(100);
  });
});

const bin = findNatsServer();

describe.skipIf(bin === null)("apart, over a real server with a user for each role", () => {
  const passwords = Object.fromEntries(natsRoles.map((role) => [role, `the password of ${role}`])) as Record<
    NatsRole,
    string
  >;
  const login = (role: NatsRole) => ({ NATS_USER: role, NATS_PASSWORD: passwords[role] });

  test("the functions are degraded at once while there is no gateway, and ask through one when there is", async () => {
    await using server = await startNatsServer(bin as string, { passwords });
    const env = {
      NATS_URL: server.url,
      ...login("functions"),
      DATABASE_URL: nowhere.databaseUrl,
      NEON_WS_PROXY: "ws://127.0.0.1:1",
      UPSTASH_REDIS_REST_URL: nowhere.url,
      UPSTASH_REDIS_REST_TOKEN: nowhere.token,
      WEBSOCKET_ENDPOINT: nowhere.url,
      TOKEN_SECRET: "x".repeat(32),
    };
    await using functions = await createFunctionsContext(configFromEnv(env), silentLog);
    const { llm, checks } = functions.ctx;
    await vi.waitFor(() => checks["nats"]!(), { interval: 5 });
    const none = await timed(llm, "Is anybody there?");
    expect(none.answer).toMatchObject({ status: "degraded", reason: "no-gateway" });
    expect(none.tookMs).toBeLessThan(200);

    const ai = { NATS_URL: server.url, ...login("ai-gateway"), WORKER_NAME: "ai-gateway-1" };
    await using gateway = await startGatewayProcess({ ...ai, OLLAMA_HOSTS: ollama.url });
    expect(await llm.ask(question("apart"))).toMatchObject({ status: "answered" });

    // And the one process, where it has no host of its own, asks the same gateway.
    await using one = await oneProcess({ NATS_URL: server.url, ...login("one-process") });
    expect(await one.ctx.llm.ask(question("from the one process"))).toMatchObject({ status: "answered" });
    expect(ollama.asked.map(({ prompt }) => prompt)).toEqual(["apart", "from the one process"]);
    expect(gateway.name).toBe("ai-gateway-1");
  });
});
