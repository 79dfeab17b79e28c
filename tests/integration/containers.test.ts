import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type NatsRole, natsRoles } from "#adapters/nats/rights.ts";
import { containerVariableNames } from "#dev/containers/config.ts";
import { passwordVariable } from "#dev/containers/nats-conf.ts";
import { freePort } from "#dev/servers/server-process.ts";
import { variableNames } from "#functions/config.ts";
import { message } from "#tests/support/frames.ts";
import { askerOver } from "#tests/support/gateway-fleet.ts";
import { question } from "#tests/support/gateway-worker-rig.ts";
import { assembleImage, ignoredFiles, type Image, stagesOf, textsOf } from "#tests/support/image.ts";
import { findNatsServer, startNatsServer } from "#tests/support/nats-server.ts";
import { startOllama } from "#tests/support/ollama-stand-in.ts";
import { greeted, newPlayer } from "#tests/support/player.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";
import { findRedisServer, startRedisServer } from "#tests/support/redis-server.ts";
import { captureLog } from "#tests/support/run-logs.ts";
import { servicesCanRun, testServersAreHere } from "#tests/support/services.ts";
import { parseYaml, type Yaml } from "#tests/support/yaml.ts";
import { gatewayVariableNames } from "#workers/ai-gateway/config.ts";
import { workerVariableNames } from "#workers/config.ts";

testServersAreHere();

const root = join(import.meta.dirname, "../..");
const file = (path: string) => readFileSync(join(root, path), "utf8");
type Env = Readonly<Record<string, string>>;
type Service = {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Env;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: Yaml;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
};
const compose = parseYaml(file("compose.yaml")) as { services: Record<string, Service>; volumes: Record<string, Yaml> };
const programs = Object.entries(compose.services).filter(([, { image }]) => image === "thousand-worlds");

let image: Image;
beforeAll(async () => {
  image = await assembleImage();
});
afterAll(() => image[Symbol.asyncDispose]());

/** As in a container: nothing of this machine's environment but where Node is. */
function run(command: readonly string[], env: Env) {
  const PATH = `${dirname(process.execPath)}:/usr/bin:/bin`;
  const child = spawn(command[0]!, command.slice(1), {
    cwd: image.path,
    env: { PATH, ...image.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  const ended = once(child, "close").then(async ([code]) => {
    const [stdout, stderr] = await output;
    captureLog(stdout + stderr);
    return { code: code as number | null, stdout, stderr };
  });
  return { child, ended };
}
const runRole = (args: readonly string[], env: Env = {}) => run([...image.entry, ...args], env);

describe("the recipe of the image", () => {
  const stages = stagesOf();
  const last = stages.at(-1)!;

  test("stands on the Node that is tested here, ends up small, and runs as nobody in particular", () => {
    const { devDependencies } = JSON.parse(file("package.json")) as { devDependencies: { node: string } };
    for (const stage of stages) {
      expect(textsOf(stage, "FROM")[0]).toMatch(new RegExp(`^node:${devDependencies.node}-bookworm-slim( AS |$)`, "u"));
    }
    expect(textsOf(last, "USER")).toEqual(["node"]);
    expect(JSON.parse(textsOf(last, "ENTRYPOINT")[0]!)).toEqual(expect.arrayContaining(["/usr/bin/tini", "--"]));
    expect(textsOf(last, "RUN").join()).toMatch(
      /install --yes --no-install-recommends tini && rm -rf \/var\/lib\/apt/u,
    );
    expect(textsOf(last, "HEALTHCHECK")).toHaveLength(1);
  });

  test("copies what the build sees, and no tests", () => {
    const isIgnored = ignoredFiles();
    for (const stage of stages) {
      for (const copied of textsOf(stage, "COPY").filter((text) => !text.startsWith("--from"))) {
        for (const source of copied.split(" ").slice(0, -1)) expect(isIgnored(join(root, source)), source).toBe(false);
      }
    }
    for (const secret of [".env", ".data", ".git", "node_modules", "functions/config.test.ts"])
      expect(isIgnored(join(root, secret)), secret).toBe(true);
  });

  test.each([
    ["world", 1, /^DATABASE_URL: must be set; a worker on its own needs it\n$/u],
    ["auth", 1, /^DATABASE_URL: must be set; a worker on its own needs it\n$/u],
    ["player", 1, /^DATABASE_URL: must be set; a worker on its own needs it\n$/u],
    ["ai-gateway", 1, /^NATS_URL: must be set; a worker on its own needs it\n$/u],
    ["migrate", 2, /^DATABASE_URL: must be set, or DATABASE_DIRECT_URL\..*\n$/u],
    ["admin", 1, /^There is no database in \S+\. Set DATA_DIR or DATABASE_URL\.\n$/u],
    ["front", 1, /^TOKEN_SECRET: must be set when NODE_ENV=production; .*\n$/u],
    ["upstash-rest", 1, /^REDIS_URL: must be set; the REST endpoint needs it\n$/u],
    ["wolrd", 64, /^No such role: 'wolrd'\. Roles are world, .*\n$/u],
  ])("starts %s from its files alone, which asks for its settings in one line", async (role, code, line) => {
    const ended = await runRole(role === "admin" ? [role, "leases"] : [role]).ended;
    expect(ended).toMatchObject({ code, stdout: "" });
    expect(ended.stderr).toMatch(line);
  });
});

describe("compose.yaml", () => {
  test("sets only variables that somebody reads, and every one that its programs cannot do without", () => {
    const sdk = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    const ours = [variableNames, workerVariableNames, gatewayVariableNames, containerVariableNames].flat();
    const known = new Set([...ours, ...sdk]);
    for (const [name, { environment = {} }] of programs) {
      const unknown = Object.keys(environment).filter((variable) => !known.has(variable));
      expect(unknown, name).toEqual([]);
    }
    for (const name of ["world", "auth", "player", "front"]) {
      const set = Object.keys(compose.services[name]!.environment!);
      expect(set, name).toEqual(expect.arrayContaining(["DATABASE_URL", "NATS_URL", "TOKEN_SECRET", ...sdk]));
    }
    const gateway = Object.keys(compose.services["ai-gateway"]!.environment!);
    expect(gateway.filter((variable) => !gatewayVariableNames.includes(variable))).toEqual([]);
    expect(gateway).toEqual(expect.arrayContaining(["NATS_URL", "OLLAMA_HOSTS"]));
  });

  test("gives each program the user and the password of its role alone, and the NATS server those of all", () => {
    const users = {
      world: "world",
      auth: "auth",
      player: "player",
      "ai-gateway": "ai-gateway",
      front: "functions",
    } as const;
    for (const [name, { environment = {} }] of programs) {
      const user = users[name as keyof typeof users];
      const variable = user === undefined ? undefined : passwordVariable(user);
      expect(environment["NATS_USER"], name).toBe(user);
      expect(/^\$\{(\w+):\?/u.exec(environment["NATS_PASSWORD"] ?? "")?.[1], name).toBe(variable);
    }
    const told = Object.keys(compose.services["nats"]!.environment!);
    expect(told.toSorted()).toEqual(natsRoles.map(passwordVariable).toSorted());
  });

  test("waits for what each stands on, publishes one port to this machine only, and keeps data in volumes", () => {
    const names = Object.keys(compose.services);
    expect(names).toEqual(
      expect.arrayContaining([
        "postgres",
        "redis",
        "nats",
        "migrate",
        "front",
        "world",
        "auth",
        "player",
        "ai-gateway",
      ]),
    );
    for (const [name, { depends_on: needs = {}, volumes = [] }] of Object.entries(compose.services)) {
      for (const [needed, { condition }] of Object.entries(needs)) {
        expect(names).toContain(needed);
        const wanted = needed === "migrate" ? "service_completed_successfully" : "service_healthy";
        expect(condition, `${name} needs ${needed}`).toBe(wanted);
        if (needed !== "migrate")
          expect(compose.services[needed]!.healthcheck, needed).toMatchObject({ retries: "30" });
      }
      for (const volume of volumes.filter((each) => !each.startsWith("."))) {
        expect(Object.keys(compose.volumes)).toContain(volume.split(":")[0]);
      }
    }
    const ports = Object.values(compose.services).flatMap(({ ports: published = [] }) => published);
    expect(ports).toEqual(["127.0.0.1:8080:8080"]);
    expect(compose.services["migrate"]!.command).toEqual(["migrate"]);
  });
});

describe.runIf(servicesCanRun)("the services of compose.yaml, from the files of the image,", () => {
  test("play, tell that they are healthy, and stop at SIGTERM", { timeout: 90_000 }, async () => {
    await using postgres = await startPostgresServer(findPostgresServer()!);
    await using redis = await startRedisServer(findRedisServer()!);
    const passwords = Object.fromEntries(natsRoles.map((role) => [role, `secret of ${role}`])) as Record<
      NatsRole,
      string
    >;
    await using nats = await startNatsServer(findNatsServer()!, { passwords });
    await using ollama = await startOllama();
    const [rest, front, management] = [await freePort(), await freePort(), await freePort()];
    const elsewhere: readonly (readonly [string | RegExp, string])[] = [
      [/^postgres:.*/u, postgres.url],
      ["redis://redis:6379", `redis://${redis.host}:${redis.port}`],
      ["ws://nats:8080", nats.url],
      ["http://upstash-rest:8079", `http://127.0.0.1:${rest}`],
      ["http://front:3001", `http://127.0.0.1:${management}`],
      ["http://localhost:8080", `http://localhost:${front}`],
      [/^8079$/u, `${rest}`],
      [/^8080$/u, `${front}`],
      [/^3001$/u, `${management}`],
      [/^0\.0\.0\.0$/u, "127.0.0.1"],
      ...natsRoles.map((role) => [new RegExp(`^\\$\\{${passwordVariable(role)}:.*`, "u"), passwords[role]] as const),
      [/^\$\{OLLAMA_HOSTS:.*/u, ollama.url],
      [/^\$\{TOKEN_SECRET:.*/u, "a secret of at least thirty-two bytes"],
      [/^\$\{\w+:-(.*)\}$/u, "$1"],
    ];
    const envOf = ({ environment = {} }: Service): Env =>
      Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [
          name,
          elsewhere.reduce((text, [here, there]) => text.replace(here, there), value),
        ]),
      );
    const migrated = await runRole(["migrate"], envOf(compose.services["migrate"]!)).ended;
    expect(migrated).toMatchObject({ code: 0, stderr: "" });

    const healthPorts: string[] = [];
    const running: ReturnType<typeof run>[] = [];
    await using stopping = new AsyncDisposableStack();
    for (const [, service] of programs.filter(([name]) => name !== "migrate")) {
      const env = { HEALTH_PORT: `${await freePort()}`, ...envOf(service) };
      if (service.healthcheck === undefined) healthPorts.push(env.HEALTH_PORT);
      const program = runRole(service.command!, env);
      running.push(program);
      stopping.defer(() => void program.child.kill("SIGKILL"));
    }
    const url = `http://localhost:${front}`;
    const ready = async () => expect(await fetch(`${url}/health/ready`)).toMatchObject({ status: 200 });
    await vi.waitFor(ready, { timeout: 40_000, interval: 200 });
    const healthy = async () => {
      for (const port of healthPorts) {
        expect((await run(image.healthCheck, { HEALTH_PORT: port }).ended).code).toBe(0);
      }
    };
    await vi.waitFor(healthy, { timeout: 20_000, interval: 200 });
    expect((await run(image.healthCheck, { HEALTH_PORT: "1" }).ended).code).toBe(1);

    using player = await vi.waitFor(() => newPlayer(url, "Boxed"), { timeout: 20_000, interval: 500 });
    await greeted(player);
    await player.ask("north", message("movement", "You walk north."));

    // As the world asks.
    const login = { user: "world", pass: passwords.world };
    await using asker = await askerOver(nats.url, login);
    expect(await asker.llm.ask(question())).toMatchObject({ status: "answered" });

    for (const { child } of running) child.kill("SIGTERM");
    const ends = await Promise.all(running.map(({ ended }) => ended));
    expect(ends.map(({ code, stderr }) => ({ code, stderr }))).toEqual(running.map(() => ({ code: 0, stderr: "" })));
  });
});
