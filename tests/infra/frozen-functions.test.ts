import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "#adapters/system-clock.ts";
import { type Services, startServices } from "#dev/services/start.ts";
import { configFromEnv } from "#functions/config.ts";
import { frozenMs } from "#functions/lambda/thawing.ts";
import { silentLog } from "../support/database.ts";
import { temporaryDirectory } from "../support/dev.ts";
import { message } from "../support/frames.ts";
import { bundleFunction, functionNames, handlerFile, readAtStart, zippedBytes } from "../support/lambda/bundle.ts";
import { newPlayer, type Player } from "../support/player.ts";
import { call } from "../support/rest.ts";
import { removeServices, servicesCanRun, testServersAreHere } from "../support/services.ts";
import { captureLog } from "../support/run-logs.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";

const zippedBytesMax = 1024 * 1024;
/** Each of them is parsed by every new environment: a megabyte takes some 25 ms of a core. */
const startBytesMax = 1_000_000;

testServersAreHere();

describe.runIf(servicesCanRun)("the functions as they are deployed, frozen between two events,", () => {
  let services: Services;
  let links: Record<"relay" | "redis" | "nats", TcpProxy>;
  let player: Player;
  let bundles: string;
  const running = new AsyncDisposableStack();

  beforeAll(async () => {
    const home = running.use(await temporaryDirectory());
    running.defer(() => removeServices(home.path));
    bundles = join(home.path, "bundles");
    for (const name of functionNames) await bundleFunction(name, bundles);
    links = {
      relay: running.use(await startTcpProxy()),
      redis: running.use(await startTcpProxy()),
      nats: running.use(await startTcpProxy()),
    };
    services = running.use(
      await startServices({
        workers: { world: 1, auth: 1, player: 1 },
        config: configFromEnv({ DATA_DIR: home.path, PORT: "0" }),
        log: silentLog,
        print: (line) => captureLog(`${line}\n`),
        onProgress: () => {},
        functionsProgram: "tests/support/lambda/host.ts",
        childEnv: (name, env) => (name === "functions" ? functionEnv(env, bundles) : {}),
      }),
    );
    player = await newPlayer(services.url, "Frozen");
    await player.next(message("area_description"));
  }, 120_000);
  afterAll(() => running.disposeAsync());

  function functionEnv(env: Readonly<Record<string, string>>, directory: string): Record<string, string> {
    return {
      LAMBDA_BUNDLES: directory,
      SST_RESOURCE_App: JSON.stringify({ name: "thousand-worlds", stage: "test" }),
      SST_RESOURCE_FunctionSecrets: JSON.stringify({ TOKEN_SECRET: env["TOKEN_SECRET"] }),
      NEON_WS_PROXY: links.relay.before(env["NEON_WS_PROXY"]!),
      UPSTASH_REDIS_REST_URL: links.redis.before(env["UPSTASH_REDIS_REST_URL"]!),
      NATS_URL: links.nats.before(env["NATS_URL"]!),
    };
  }

  /** All three functions that a player uses, once each: every one of them would fail on a dead connection. */
  async function plays(): Promise<void> {
    const { token } = player.account;
    expect((await call(services.url, "GET", "/api/auth/me", { token })).status).toBe(200);
    expect((await call(services.url, "GET", "/api/game/worlds", { token })).status).toBe(200);
    await player.ask("look", message("area_description"));
  }

  test("are each small enough", () => {
    for (const name of functionNames) {
      const zipped = zippedBytes(handlerFile(name, bundles));
      expect(zipped, name).toBeGreaterThan(100_000);
      expect(zipped, name).toBeLessThan(zippedBytesMax);
    }
  });

  test("read at their start neither the SDK of AWS nor a database driver nor traces, which not all of them need", () => {
    for (const name of functionNames) {
      const text = readAtStart(handlerFile(name, bundles));
      const all = readdirSync(join(bundles, name)).map((file) => readFileSync(join(bundles, name, file), "utf8"));
      expect(text.length, name).toBeLessThan(startBytesMax);
      for (const later of ["ApiGatewayManagementApi", "SCRAM-SHA-256", "v1/traces"]) {
        expect(text.includes(later), `${name} ${later}`).toBe(false);
        expect(
          all.some((file) => file.includes(later)),
          `${name} ${later}`,
        ).toBe(true);
      }
    }
  });

  test("let a player in, and play", plays);

  test.each(["cut", "lose"] as const)(
    "do so with the first event after their connections were gone: %s",
    async (how) => {
      await plays();
      await systemClock.sleep(frozenMs + 200);
      for (const link of Object.values(links)) link[how]();
      await plays();
    },
  );
});
