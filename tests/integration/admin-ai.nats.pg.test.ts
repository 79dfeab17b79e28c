import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type NatsRole, natsRoles } from "#adapters/nats/rights.ts";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres } from "#adapters/postgres/postgres.ts";
import type { GatewaySettings, GatewayStatus } from "#core/protocol/llm-status.ts";
import { silentLog } from "#tests/support/database.ts";
import { startGatewayProcess } from "#tests/support/gateway-fleet.ts";
import { findNatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { startOllama } from "#tests/support/ollama-stand-in.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";
import { runCli } from "#tests/support/run-cli.ts";

testNatsServerIsHere();

const [nats, postgres] = [findNatsServer(), findPostgresServer()];
const passwords = Object.fromEntries(natsRoles.map((role) => [role, `the password of ${role}`])) as Record<
  NatsRole,
  string
>;
const login = (role: NatsRole) => ({ NATS_USER: role, NATS_PASSWORD: passwords[role] });

describe.skipIf(nats === null || postgres === null)("npm run admin -- ai, as who may do what admins may,", () => {
  const closers = new AsyncDisposableStack();
  let env: Record<string, string>;
  let ollamaUrl: string;
  beforeAll(async () => {
    const [database, server, ollama] = await Promise.all([
      startPostgresServer(postgres as string),
      startNatsServer(nats as string, { passwords }),
      startOllama(),
    ]);
    for (const each of [database, server, ollama]) closers.use(each);
    await using schema = openPostgres({ url: database.url, log: silentLog });
    await migratePostgres(schema, { log: silentLog });
    env = { DATABASE_URL: database.url, NATS_URL: server.url };
    ollamaUrl = ollama.url;
  });
  afterAll(() => closers.disposeAsync());

  const admin = (...args: string[]) => runCli("admin", ["ai", ...args], { env: { ...env, ...login("admin") } });
  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, stdout, stderr } = await admin(...args, "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout) as T;
  };

  test("says in words where no gateway runs", async () => {
    expect(await admin("status")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No AI gateway answers/u) });
    expect(await admin("settings", "--waiting-max", "5")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^No AI gateway answers/u),
    });
  });

  test("shows the gateways that run, and changes what they go by while they do", async () => {
    const start = (name: string) =>
      startGatewayProcess({
        NATS_URL: env["NATS_URL"]!,
        ...login("ai-gateway"),
        WORKER_NAME: name,
        OLLAMA_HOSTS: `${ollamaUrl}?parallel=4&name=gpu-1`,
      });
    await using first = await start("ai-gateway-1");
    await using second = await start("ai-gateway-2");
    const names = [first.name, second.name];
    const status = await json<GatewayStatus[]>("status");
    expect(status.map(({ name }) => name)).toEqual(names);
    expect(status.flatMap(({ hosts }) => hosts)).toMatchObject([
      { id: "gpu-1", state: "open", slots: 2 },
      { id: "gpu-1", state: "open", slots: 2 },
    ]);
    expect((await admin("status")).stdout).toMatch(/^ai-gateway-2 +gpu-1 +open +0 +2 /mu);

    type Told = GatewaySettings & { gateways: string[]; others: string[] };
    expect(await json<Told>("settings")).toMatchObject({ revision: 0, gateways: names, others: [] });
    const next = await json<Told>("settings", "--drain", "gpu-1", "--waiting-max", "7");
    expect(next).toMatchObject({ revision: 1, limits: { waitingMax: 7 }, gateways: names, others: [] });
    const after = await json<GatewayStatus[]>("status");
    expect(after.map(({ hosts, settings }) => [hosts[0]!.state, settings.limits.waitingMax])).toEqual([
      ["draining", 7],
      ["draining", 7],
    ]);
    expect(await admin("settings", "--drain", "gpu-9")).toMatchObject({
      code: 2,
      stderr: 'There is no host "gpu-9": gpu-1.\n',
    });
    expect(await json<Told>("settings", "--undrain", "gpu-1")).toMatchObject({ revision: 2, others: [] });
  });
});
