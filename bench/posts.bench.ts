// Frames out through `@connections`: the SDK's client and the lean one, against the stand-in in a process of its own, its sockets drained by
// another. Beside them the floor, a bare `node:http` POST to a server that takes everything, and the same POST against the stand-in.
// Budget (targets.md): ≥ 5,000 posts/s a process. All of them share the machine's cores.
import type { ConnectionId } from "#core/lib/ids.ts";
import { adapterTarget, bareTarget, type PostTarget } from "./support/post-targets.ts";
import { type Server, startAccepting, startDraining, startStandIn } from "./support/processes.ts";
import { quantile, summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const rounds = isSmoke ? 1 : 9;
const connections = isSmoke ? 10 : 200;
const postsPerConnection = isSmoke ? 5 : 30;
const postsAlone = isSmoke ? 10 : 200;
const drainedMsMax = 5000;
/** About what a line of talk or of movement is. */
const frame = JSON.stringify({ type: "game_message", data: { type: "speech", text: "x".repeat(300) }, seq: 1 });

await using accepting = await startAccepting();
await using standIn = await startStandIn();
await using draining = await startDraining(connections, standIn);
const ids = (await (await fetch(`http://127.0.0.1:${standIn.port}/`)).json()) as ConnectionId[];

using floor = bareTarget("bare POST, any server (floor)", accepting.port);
using bare = bareTarget("bare POST, the stand-in", standIn.managementPort);
using lean = adapterTarget("lean, the stand-in", "lean", standIn.managementPort);
using sdk = adapterTarget("SDK, the stand-in", "sdk", standIn.managementPort);
const rows = [floor, bare, lean, sdk].map((target) => ({
  target,
  server: target === floor ? accepting : standIn,
  perSecond: [] as number[],
  cpuUsPerPost: [] as number[],
  /** Of a core, while the load ran. */
  ownShare: [] as number[],
  serverShare: [] as number[],
  aloneMs: [] as number[],
}));

let posted = 0;
for (const { target } of rows) await flood(target, 2);
for (let round = 0; round < rounds; round++) {
  for (const row of rows) {
    const load = await measured(row.target, row.server);
    row.perSecond.push(load.perSecond);
    row.cpuUsPerPost.push(load.cpuUsPerPost);
    row.ownShare.push(load.ownShare);
    row.serverShare.push(load.serverShare);
    row.aloneMs.push(quantile(await oneAtATime(row.target), 0.5));
  }
}
await allDrained();

console.log(
  `posts: ${rounds} interleaved rounds, ${connections} connections, one post of each in flight, frames of ${frame.length} bytes\n`,
);
console.log(
  "posts/s (min, median, best of rounds) | CPU µs a post here (min, median) | cores busy in the best: here, server | alone: p50 ms (min, median)",
);
for (const { target, perSecond, cpuUsPerPost, ownShare, serverShare, aloneMs } of rows) {
  const [rate, cpu, alone] = [summary(perSecond), summary(cpuUsPerPost), summary(aloneMs)];
  const best = perSecond.indexOf(Math.max(...perSecond));
  const shares = `${ownShare[best]?.toFixed(2)} ${serverShare[best]?.toFixed(2)}`;
  console.log(
    `${target.name.padEnd(30)} ${Math.round(rate.min)} ${Math.round(rate.median)} ${Math.round(perSecond[best] ?? 0)} | ${cpu.min.toFixed(0)} ${cpu.median.toFixed(0)} | ${shares} | ${alone.min.toFixed(2)} ${alone.median.toFixed(2)}`,
  );
}
const [ofFloor, ofBare, ofLean, ofSdk] = rows.map(({ perSecond }) => quantile(perSecond, 0.5)) as [
  number,
  number,
  number,
  number,
];
console.log(
  `\nlean: ${(ofLean / ofSdk).toFixed(1)} times the SDK, ${(ofLean / ofFloor).toFixed(2)} of the floor; the bare POST drove the same stand-in ${(ofBare / ofLean).toFixed(2)} times as fast as lean.`,
);
console.log(`every one of the ${posted} frames posted to the stand-in reached its socket.`);

async function measured(target: PostTarget, server: Server) {
  const [serverBeforeMs, ownBefore, startedMs] = [await server.cpuMs(), process.cpuUsage(), performance.now()];
  await flood(target, postsPerConnection);
  const tookMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(ownBefore);
  const serverMs = (await server.cpuMs()) - serverBeforeMs;
  const posts = ids.length * postsPerConnection;
  return {
    perSecond: (posts / tookMs) * 1000,
    cpuUsPerPost: (user + system) / posts,
    ownShare: (user + system) / 1000 / tookMs,
    serverShare: serverMs / tookMs,
  };
}

/** Each connection is posted to as soon as its last post was answered, as a world's turns do. */
async function flood(target: PostTarget, posts: number): Promise<void> {
  await Promise.all(
    ids.map(async (id) => {
      for (let sent = 0; sent < posts; sent++) await post(target, id);
    }),
  );
}

async function oneAtATime(target: PostTarget): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (let sent = 0; sent < postsAlone; sent++) {
    const startedMs = performance.now();
    await post(target, ids[sent % ids.length] as ConnectionId);
    latenciesMs.push(performance.now() - startedMs);
  }
  return latenciesMs;
}

async function post(target: PostTarget, id: ConnectionId): Promise<void> {
  const outcome = await target.post(id, frame);
  if (outcome !== "posted") throw new Error(`${target.name}: ${String(outcome)}`);
  if (target !== floor) posted += 1;
}

async function allDrained(): Promise<void> {
  const untilMs = performance.now() + drainedMsMax;
  for (;;) {
    const frames = Number(await (await fetch(`http://127.0.0.1:${draining.port}/`)).text());
    if (frames === posted) return;
    if (performance.now() > untilMs) throw new Error(`${posted} frames posted, ${frames} arrived`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
