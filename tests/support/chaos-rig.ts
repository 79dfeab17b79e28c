import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { postgresWorldLog } from "#adapters/postgres/world-log.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { lobbyWorldId, sphereWorldId, valleyWorldId } from "#core/lib/ids.ts";
import { rng } from "#core/sim/rng.ts";
import { replayWorld } from "#core/world/replay.ts";
import { hashOf } from "#core/world/stored.ts";
import { findNats } from "#dev/servers/nats.ts";
import { findPostgres } from "#dev/servers/postgres.ts";
import { findRedis } from "#dev/servers/redis.ts";
import { postgresHome } from "#dev/services/servers.ts";
import { type Services, startServices } from "#dev/services/start.ts";
import { configFromEnv } from "#functions/config.ts";
import { loadWorld } from "#workers/world/load-world.ts";
import { type HandOver, handOvers, installAudit, whereabouts, witnessed } from "./chaos-audit.ts";
import { type ChaosBot, newChaosBot } from "./chaos-bot.ts";
import { type Evidence, type Replay, violations } from "./chaos-invariants.ts";
import { silentLog } from "./database.ts";
import { temporaryDirectory } from "./dev.ts";
import { captureLog } from "./run-logs.ts";
import { seed } from "./seed.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

export const leaseMs = 2_500;
/** Of every world when nothing is wrong: the lobby is north's, the other two are south's. */
const workerNames = { "world-1": "north", "world-2": "south" } as const;
export type WorldWorker = (typeof workerNames)[keyof typeof workerNames];

const home = { [lobbyWorldId]: "north", [valleyWorldId]: "south", [sphereWorldId]: "south" };
/** Messages between worlds are sent again after five seconds; what was doubled stays doubled. */
const lateMsMax = 12_000;
const steadyWait = { timeout: 30_000, interval: 50 };

/** The ways from north to its servers. */
export type Links = { readonly postgres: TcpProxy; readonly redis: TcpProxy; readonly nats: TcpProxy };

const missing = [
  findPostgres() === null && "PostgreSQL with PostGIS (Debian: postgresql-15-postgis-3)",
  findRedis() === null && "Redis (Debian: redis-server)",
  findNats() === null && "NATS (scripts/install-nats.sh gets it)",
].filter((name) => name !== false);

export const hasServers = missing.length === 0;

/** Says aloud when there are no servers to test on; in CI there must be. */
export function serversAreHere(): void {
  test.runIf(!hasServers)("the servers are on this machine", () => {
    const text = `not here: ${missing.join(", ")}; nothing was tested on real servers`;
    expect(process.env["CI"] ?? "", text).toBe("");
    console.warn(text);
  });
}

export type Chaos = AsyncDisposable & {
  readonly url: string;
  readonly services: Services;
  readonly links: Links;
  readonly postgres: Postgres;
  readonly bots: readonly ChaosBot[];
  /** Everything that the children have printed. */
  readonly lines: readonly string[];
  /** The process that runs now under this name: north, south, functions, auth-1, player-1. */
  pid(name: string): number;
  signal(name: string, signal: NodeJS.Signals): void;
  bot(username: string, options: Omit<Parameters<typeof newChaosBot>[2], "rng">): Promise<ChaosBot>;
  handOvers(): Promise<HandOver[]>;
  /** Every world is with the worker it belongs to, and everyone types and is answered. */
  steady(): Promise<void>;
  /** Every bot makes sure of what it typed; then the database is asked for everything that must never be. */
  settled(): Promise<{ readonly evidence: Evidence; readonly violations: string[] }>;
};

export async function startChaos(): Promise<Chaos> {
  await using starting = new AsyncDisposableStack();
  const dataDir = starting.use(await temporaryDirectory());
  starting.defer(() => rm(postgresHome(join(dataDir.path, "services")), { recursive: true, force: true }));
  const links = {
    postgres: starting.use(await startTcpProxy()),
    redis: starting.use(await startTcpProxy()),
    nats: starting.use(await startTcpProxy()),
  };
  const lines: string[] = [];
  const config = configFromEnv({ DATA_DIR: dataDir.path, PORT: "0", LOG_LEVEL: "info" });
  const services = starting.use(
    await startServices({
      workers: { world: 2, auth: 1, player: 1 },
      config,
      log: silentLog,
      print(line) {
        lines.push(line);
        captureLog(`${line}\n`);
      },
      onProgress: () => {},
      childEnv: (name, env) => childEnv(name, env, links),
    }),
  );
  const postgres = starting.use(openPostgres({ url: services.servers.postgres!.url, log: silentLog }));
  await installAudit(postgres);
  const bots: ChaosBot[] = [];
  const pid = (name: string): number => {
    const child = Object.entries(workerNames).find(([, worker]) => worker === name)?.[0] ?? name;
    const found = services.children.get(child)?.pid;
    if (found === undefined) throw new Error(`there is no process ${name}`);
    return found;
  };
  const running = starting.move();
  return {
    url: services.url,
    services,
    links,
    postgres,
    bots,
    lines,
    pid,
    signal: (name, signal) => void process.kill(pid(name), signal),
    async bot(username, options) {
      const bot = await newChaosBot(services.url, username, { ...options, rng: rng(seed, "chaos", username) });
      bots.push(bot);
      return bot;
    },
    handOvers: () => handOvers(postgres),
    async steady() {
      await vi.waitFor(async () => expect(ownersOf(await handOvers(postgres))).toEqual(home), steadyWait);
      for (const bot of bots) bot.begin();
      const nowMs = systemClock.nowMs();
      await Promise.all(bots.map((bot) => bot.answered(nowMs)));
    },
    async settled() {
      await Promise.all(bots.map((bot) => bot.settle()));
      // What was typed ahead on a journey, and came to a world just as its worker died, is done when its message is sent again.
      const untilMs = systemClock.nowMs() + lateMsMax;
      for (;;) {
        const evidence = await evidenceOf(postgres, bots);
        const found = violations(evidence);
        if (found.length === 0 || systemClock.nowMs() > untilMs) return { evidence, violations: found };
        await systemClock.sleep(500);
      }
    },
    async [Symbol.asyncDispose]() {
      for (const { pid: frozen } of services.children.values()) if (frozen !== undefined) sendTo(frozen, "SIGCONT");
      await running.disposeAsync();
    },
  };
}

function childEnv(name: string, env: Readonly<Record<string, string>>, links: Links): Record<string, string> {
  if (name === "functions") return { COMMANDS_BURST: "100000", COMMANDS_PER_SECOND: "10000" };
  if (!isWorldWorker(name)) return {};
  const worker = workerNames[name];
  const own = { WORKER_NAME: worker, LEASE_MS: String(leaseMs) };
  // Who writes an event is known by the name of the connection.
  const databaseUrl = `${env["DATABASE_URL"]}?application_name=${worker}`;
  if (worker === "south") return { ...own, DATABASE_URL: databaseUrl };
  return {
    ...own,
    DATABASE_URL: links.postgres.before(databaseUrl),
    UPSTASH_REDIS_REST_URL: links.redis.before(env["UPSTASH_REDIS_REST_URL"]!),
    NATS_URL: links.nats.before(env["NATS_URL"]!),
  };
}

function isWorldWorker(name: string): name is keyof typeof workerNames {
  return Object.hasOwn(workerNames, name);
}

function ownersOf(hands: readonly HandOver[]): Record<string, string | null> {
  return Object.fromEntries(hands.map(({ worldId, owner }) => [worldId, owner]));
}

async function evidenceOf(postgres: Postgres, bots: readonly ChaosBot[]): Promise<Evidence> {
  return {
    log: await witnessed(postgres),
    hands: await handOvers(postgres),
    promised: bots.map((bot) => bot.promised()),
    whereabouts: await whereabouts(postgres),
    replays: await replays(postgres),
  };
}

/** Every snapshot that is kept, and what the next owner would begin with, against the events alone. */
export async function replays(postgres: Postgres): Promise<Replay[]> {
  const worldLog = postgresWorldLog(postgres);
  const all: Replay[] = [];
  for (const worldId of [lobbyWorldId, valleyWorldId, sphereWorldId]) {
    const { state } = await loadWorld({ worldLog, log: silentLog }, worldId);
    const { checks, hash } = await replayWorld(worldLog, worldId, { version: state.version });
    all.push(...checks.map((check) => ({ worldId, ...check })));
    all.push({ worldId, version: state.version, stored: hashOf(state), replayed: hash });
  }
  return all;
}

/** The process may be dead already. */
export function sendTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The longest that somebody waited between two answers, from just before `fromMs` until `toMs`. */
export function longestSilenceMs(bot: ChaosBot, fromMs: number, toMs: number): number {
  const before = bot.answeredAtMs.findLast((atMs) => atMs < fromMs) ?? fromMs;
  const within = bot.answeredAtMs.filter((atMs) => atMs >= fromMs && atMs <= toMs);
  const moments = [before, ...within];
  return Math.max(0, ...moments.slice(1).map((atMs, index) => atMs - moments[index]!));
}
