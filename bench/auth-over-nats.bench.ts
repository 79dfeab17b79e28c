// The verbs of accounts as the functions have them: over NATS, answered by one auth worker in a process of its own, its data in memory, on a
// server that keeps the roles apart. Passwords are argon2id at OWASP's minimum; tokens are signed inside encrypted.
// Budget (targets.md): ≥ 60 logins/s with memory bounded by cores × cost; session checks ≥ 5,000/s; refreshes ≥ 1,500/s; during a flood of
// logins the p99 of token checks stays within twice its idle one. Floor in the same run: a request on the same bus that does nothing.
// No peer does this over a bus: bench/auth.bench.ts has better-auth beside it over HTTP.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { natsBus } from "#adapters/nats/bus.ts";
import { connectNats } from "#adapters/nats/connect.ts";
import { type NatsRole, natsRoles } from "#adapters/nats/rights.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { remoteAuth } from "#core/account/service.ts";
import { rpc } from "#core/protocol/subjects.ts";
import { findNats, natsServer } from "#dev/servers/nats.ts";
import { startAuthWorker } from "./support/processes.ts";
import { quantile, summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const rounds = isSmoke ? 1 : 9;
const users = isSmoke ? 2 : 32;
const atOnce = isSmoke ? 2 : 48;
const checks = isSmoke ? 20 : 6_000;
const refreshes = isSmoke ? 20 : 3_000;
const logins = isSmoke ? 2 : 96;
const loginsAtOnce = isSmoke ? 1 : 32;
const probesPerS = 200;
const probeS = isSmoke ? 0.2 : 3;

const program = findNats();
if (program === null) throw new Error("no nats-server here (scripts/install-nats.sh gets it)");
await using running = new AsyncDisposableStack();
const home = await mkdtemp(join(tmpdir(), "thousand-worlds-bench-"));
running.defer(() => rm(home, { recursive: true, force: true }));
const passwords = Object.fromEntries(natsRoles.map((role) => [role, `p-${role}`])) as Record<NatsRole, string>;
const broker = running.use(await natsServer(program, home, { passwords }));
await broker.start();
const env = { NATS_URL: broker.url, NATS_USER: "auth", NATS_PASSWORD: passwords.auth };
const worker = running.use(await startAuthWorker(env));
const log = { debug() {}, info() {}, warn: console.warn, error: console.error };
const connect = (user: NatsRole) =>
  running.use(connectNats({ servers: [broker.url], name: user, user, pass: passwords[user], log }));
const nats = connect("functions");
await nats.connected(10_000);
const bus = natsBus(nats, { clock: systemClock });
const auth = remoteAuth(bus);
const nothing = rpc("player.get", z.string(), z.string());
const player = connect("player");
await player.connected(10_000);
natsBus(player, { clock: systemClock }).serve(nothing, async (text) => text);
await player.ready();

const address = "192.0.2.1";
const credentials = (user: number) => ({ email: `bench-${user}@example.org`, password: `a long one for ${user}` });
const everyone = Array.from({ length: users }, (_, user) => user);
for (const user of everyone) await auth.register({ ...credentials(user), username: `bench-${user}`, address });
const loginOf = (n: number) => auth.login({ ...credentials(n % users), address, isShortLived: true });
const sessions = await Promise.all(everyone.map(loginOf));
const tokens = sessions.map(({ token }) => token);
const refreshTokens = sessions.map(({ refreshToken }) => refreshToken);

const cases: readonly {
  readonly name: string;
  readonly times: number;
  readonly once: (n: number) => Promise<unknown>;
}[] = [
  { name: "nothing at all (floor)", times: checks, once: () => bus.request(nothing, "x", { timeoutMs: 2_000 }) },
  { name: "session checks", times: checks, once: (n) => auth.validate(tokens[n % users]!) },
  {
    name: "refreshes",
    times: refreshes,
    async once(n) {
      // Each worker of the load has a session of its own, and always the newest token.
      const mine = n % users;
      const renewed = await auth.refresh({ refreshToken: refreshTokens[mine]!, address });
      refreshTokens[mine] = renewed.refreshToken;
    },
  },
];
const rates = cases.map(() => [] as number[]);
const loginRates: number[] = [];
let rssWithoutBytes = 0;
let rssMostBytes = 0;
for (let round = -1; round < rounds; round++) {
  for (const [i, { times, once }] of cases.entries()) {
    const rate = await perSecond(times, Math.min(atOnce, users), once);
    if (round >= 0) rates[i]!.push(rate);
  }
  if (round < 0) rssWithoutBytes = await worker.rssBytes();
  const loginRate = await perSecond(logins, loginsAtOnce, async (n) => {
    await loginOf(n);
    rssMostBytes = Math.max(rssMostBytes, await worker.rssBytes());
  });
  if (round >= 0) loginRates.push(loginRate);
}
console.log(`auth over NATS: ${rounds} interleaved rounds; each second (min, median, best)\n`);
for (const [i, { name }] of cases.entries()) console.log(`${name.padEnd(24)} ${shown(rates[i]!)}`);
console.log(`${"logins".padEnd(24)} ${shown(loginRates)}`);
const mib = (bytes: number) => (bytes / 1024 ** 2).toFixed(0);
console.log(
  `\nmemory of the worker: ${mib(rssWithoutBytes)} MiB before the first flood of logins, ${mib(rssMostBytes)} MiB at most with ${loginsAtOnce} logins at once ` +
    `(${availableParallelism()} cores × 19 MiB are hashed in)`,
);

const idle: number[] = [];
const busy: number[] = [];
const flooded: number[] = [];
for (let round = 0; round < (isSmoke ? 1 : 5); round++) {
  idle.push(quantile(await probed(), 0.99));
  busy.push(await besideBusyLoops(probed));
  const flood = new AbortController();
  const flooding = Promise.all(Array.from({ length: loginsAtOnce }, (_, n) => loginsUntil(flood.signal, n)));
  flooded.push(quantile(await probed(), 0.99));
  flood.abort();
  await flooding;
}
console.log(`\np99 of a session check, ${probesPerS} a second in an open loop (min, median of rounds)`);
for (const [name, values] of Object.entries({
  idle,
  "every core busy (floor)": busy,
  "in a flood of logins": flooded,
})) {
  const { min, median } = summary(values);
  console.log(`${name.padEnd(24)} ${min.toFixed(2)} ${median.toFixed(2)} ms`);
}

/** What the machine does to it by itself: as many processes as passwords are hashed at once, that only count. */
async function besideBusyLoops(probe: () => Promise<number[]>): Promise<number> {
  const loops = Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ["-e", "for (;;);"]));
  try {
    return quantile(await probe(), 0.99);
  } finally {
    for (const loop of loops) loop.kill("SIGKILL");
  }
}

/** What each check took from when it was due, whether or not the one before had come back. */
async function probed(): Promise<number[]> {
  const tookMs: number[] = [];
  const startedMs = performance.now();
  const under: Promise<void>[] = [];
  for (let n = 0; n < probesPerS * probeS; n++) {
    const dueMs = startedMs + (n * 1000) / probesPerS;
    await systemClock.sleep(Math.max(0, dueMs - performance.now()));
    // The timer's own lateness is not the service's.
    const sentMs = performance.now();
    under.push(auth.validate(tokens[n % users]!).then(() => void tookMs.push(performance.now() - sentMs)));
  }
  await Promise.all(under);
  return tookMs;
}

async function loginsUntil(stopped: AbortSignal, first: number): Promise<void> {
  for (let n = first; !stopped.aborted; n += loginsAtOnce) await loginOf(n);
}

async function perSecond(times: number, width: number, once: (n: number) => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: width }, async (_, lane) => {
      for (let n = lane; n < times; n += width) await once(n);
    }),
  );
  return (times / (performance.now() - startedMs)) * 1000;
}

function shown(values: readonly number[]): string {
  const { min, median } = summary(values);
  return [min, median, Math.max(...values)].map((value) => String(Math.round(value))).join(" ");
}
