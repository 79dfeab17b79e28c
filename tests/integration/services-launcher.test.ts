import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openPostgres } from "#adapters/postgres/postgres.ts";
import type { GatewayStatus } from "#core/protocol/llm-status.ts";
import { silentLog } from "#tests/support/database.ts";
import {
  type BackendProcess,
  failedStart,
  freePort,
  startBackendProcess,
  temporaryDirectory,
} from "#tests/support/dev.ts";
import { message, stateUpdateFrame } from "#tests/support/frames.ts";
import { askerOver } from "#tests/support/gateway-fleet.ts";
import { question } from "#tests/support/gateway-worker-rig.ts";
import { findNatsServer, startNatsServer } from "#tests/support/nats-server.ts";
import { startOllama } from "#tests/support/ollama-stand-in.ts";
import { connect, greeted, newPlayer } from "#tests/support/player.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";
import { descendantsOf, type Process, stillRunning } from "#tests/support/processes.ts";
import { runProgram, within } from "#tests/support/program.ts";
import { redisToken, startRedisRig } from "#tests/support/redis-rig.ts";
import { findRedisServer } from "#tests/support/redis-server.ts";
import { runCli } from "#tests/support/run-cli.ts";
import { call } from "#tests/support/rest.ts";
import { removeServices, servicesCanRun, testServersAreHere } from "#tests/support/services.ts";

testServersAreHere();

const program = "dev/services/main.ts";
const serverPrograms = /^\S*(?:postgres -D|redis-server|nats-server)/u;
const isServer = ({ command }: Process) => serverPrograms.test(command);
const isOurs = ({ command }: Process) => command.includes("/main.ts");
const ended = async (processes: readonly Process[]) =>
  vi.waitFor(() => expect(stillRunning(processes)).toEqual([]), { timeout: 15_000, interval: 100 });

describe("the launcher of the services", () => {
  test.each([
    [
      ["--workers", "world=x"],
      /^--workers: "world=x" is not <role>=<0 to 16>; roles are world, auth, player, ai-gateway\n$/u,
    ],
    [["world=2"], /^Unexpected argument 'world=2'.*\n$/u],
  ])("refuses %j with one line", async (args, line) => {
    const { code, stdout, stderr } = await failedStart({ DATA_DIR: "/nonexistent" }, program, args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(line);
  });
});

describe.runIf(servicesCanRun)("the services, launched,", () => {
  let home: Awaited<ReturnType<typeof temporaryDirectory>>;
  let port: number;
  let services: BackendProcess;
  let player: Awaited<ReturnType<typeof newPlayer>>;
  const start = (args: readonly string[] = []) =>
    startBackendProcess({ dataDir: home.path, port, env: { LOG_LEVEL: "info" }, program, args });
  beforeAll(async () => {
    home = await temporaryDirectory();
    port = await freePort();
    services = await start(["--workers", "world=2,auth=2,ai-gateway=3"]);
  });
  afterAll(async () => {
    const all = descendantsOf(services.pid);
    await services.stop().catch(() => undefined);
    for (const { pid } of stillRunning(all)) process.kill(pid, "SIGKILL");
    await removeServices(home.path);
    await home[Symbol.asyncDispose]();
  });

  test("are so many processes as was said, each with its name before every line", () => {
    const programs = descendantsOf(services.pid)
      .filter(isOurs)
      .map(({ command }) => /(\w+\/[\w-]+)\/main\.ts/u.exec(command)![1]!);
    expect(programs.toSorted()).toEqual([
      "dev/lambda",
      "workers/ai-gateway",
      "workers/ai-gateway",
      "workers/ai-gateway",
      "workers/auth",
      "workers/auth",
      "workers/player",
      "workers/world",
      "workers/world",
    ]);
    const lines = services.stdout().split("\n").slice(0, -1);
    const names = new Set(lines.flatMap((line) => /^\[([\w-]+)\] \{/u.exec(line)?.[1] ?? []));
    const gateways = ["ai-gateway-1", "ai-gateway-2", "ai-gateway-3"];
    const others = ["auth-1", "auth-2", "functions", "player-1", "world-1", "world-2"];
    expect([...names].toSorted()).toEqual([...gateways, ...others]);
    expect(lines.filter((line) => line.startsWith("{"))).toEqual([]);
  });

  test("are found by an operator's commands in their directory, with the passwords of this launch", async () => {
    const status = await runCli("admin", ["ai", "status", "--json"], { env: { DATA_DIR: home.path } });
    expect(status).toMatchObject({ code: 0, stderr: "" });
    const gateways = JSON.parse(status.stdout) as GatewayStatus[];
    expect(gateways.map(({ name }) => name)).toEqual(["ai-gateway-1", "ai-gateway-2", "ai-gateway-3"]);
  });

  test("keep another launcher out of their directory", async () => {
    const { code, stderr } = await failedStart({ DATA_DIR: home.path, PORT: "0" }, program);
    expect(code).toBe(1);
    expect(stderr).toBe(`The data directory ${home.path} is in use by process ${services.pid}.\n`);
    expect((await call(services.url, "GET", "/health/ready")).status).toBe(200);
  });

  test("are started again when they are killed, and the world goes on", async () => {
    player = await newPlayer(services.url, "Survivor");
    await greeted(player);
    await player.ask("north", message("movement"));
    for (const { pid } of descendantsOf(services.pid).filter(({ command }) => command.includes("world/main.ts")))
      process.kill(pid, "SIGKILL");
    const again = /^\[world-1\] ended .*\n[^]*^\[world-1\] .*"worker ready"/mu;
    await vi.waitFor(() => expect(services.stdout()).toMatch(again), { timeout: 15_000, interval: 50 });
    expect(services.stdout()).toMatch(/^\[world-1\] ended \(SIGKILL\); it is started again in 500 ms$/mu);
    player.say("north");
    await player.until((frame) => frame.type === "state_update" && frame.data.position.y === 4);
  });

  test("end when their launcher is killed; the next one ends its servers, and has the world where it was", async () => {
    const all = descendantsOf(services.pid);
    expect(all.filter(isServer)).toHaveLength(3);
    await services.kill();
    await ended(all.filter(isOurs));
    services = await start();
    expect(stillRunning(all)).toEqual([]);
    expect(descendantsOf(services.pid).filter(isServer)).toHaveLength(3);
    using again = await connect(services.url, player.account);
    expect((await again.next(stateUpdateFrame)).data.position).toMatchObject({ x: 5, y: 4 });
  });

  test("stop in good order at SIGTERM, and leave nothing behind", async () => {
    const all = descendantsOf(services.pid);
    expect(all.length).toBeGreaterThan(6);
    await services.stop();
    expect(stillRunning(all)).toEqual([]);
    const levels = services.output().match(/"level":"(?:warn|error)".*/gu);
    expect(levels).toBeNull();
    expect(services.output()).not.toMatch(/is started again/u);
  });

  test("that are told to stop while they start undo what they have begun", async () => {
    const starting = runProgram(program, [], { DATA_DIR: home.path, PORT: "0" });
    expect(await starting.until(() => starting.stdout().includes("Starting the functions"), 30_000)).toBe(true);
    const all = descendantsOf(starting.pid);
    expect(all.filter(isServer)).toHaveLength(3);
    expect(await within(20_000, starting.end("SIGINT"))).toEqual({ code: 130, signal: null });
    expect(starting.stderr()).not.toMatch(/rror/u);
    expect(stillRunning(all)).toEqual([]);
  });
});

describe.runIf(servicesCanRun)("with servers that are named", () => {
  test("the services use those, start none, and leave them running at SIGINT", async () => {
    await using home = await temporaryDirectory();
    await using postgres = await startPostgresServer(findPostgresServer()!);
    await using redis = await startRedisRig(findRedisServer()!);
    await using nats = await startNatsServer(findNatsServer()!);
    await using ollama = await startOllama();
    const running = runProgram(program, ["--workers", "ai-gateway=3"], {
      DATA_DIR: home.path,
      PORT: String(await freePort()),
      OLLAMA_HOSTS: `${ollama.url}?parallel=6&name=gpu-1`,
      DATABASE_URL: postgres.url,
      UPSTASH_REDIS_REST_URL: redis.rest.url,
      UPSTASH_REDIS_REST_TOKEN: redisToken,
      NATS_URL: nats.url,
    });
    expect(await running.until(() => running.stdout().includes("is ready. Play"), 50_000), running.stdout()).toBe(true);
    const url = /the API is at (\S+)\/api/u.exec(running.stdout())![1]!;
    using player = await newPlayer(url, "Elsewhere");
    await greeted(player);
    const all = descendantsOf(running.pid);
    expect(all.filter(isServer)).toEqual([]);

    await using asker = await askerOver(nats.url);
    expect(await asker.llm.ask(question())).toMatchObject({ status: "answered" });
    const env = { DATABASE_URL: postgres.url, NATS_URL: nats.url };
    const status = await runCli("admin", ["ai", "status", "--json"], { env });
    const gateways = JSON.parse(status.stdout) as GatewayStatus[];
    expect(gateways.map(({ name, hosts }) => [name, hosts[0]?.id, hosts[0]?.slots])).toEqual([
      ["ai-gateway-1", "gpu-1", 2],
      ["ai-gateway-2", "gpu-1", 2],
      ["ai-gateway-3", "gpu-1", 2],
    ]);
    expect(gateways.reduce((sum, { counts }) => sum + counts.answered, 0)).toBe(1);
    expect(await within(20_000, running.end("SIGINT"))).toEqual({ code: 0, signal: null });
    expect(stillRunning(all)).toEqual([]);

    await using database = openPostgres({ url: postgres.url, log: silentLog });
    const names = await database.session((client) => client.query("select username from accounts"));
    expect(names.rows).toEqual([{ username: "Elsewhere" }]);
  });
});
