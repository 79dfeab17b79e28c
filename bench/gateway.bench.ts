// The AI gateway with every feature on, beside the floor, a bare NATS → HTTP loop, and Portkey's gateway, before one stand-in for Ollama that
// answers at once. Every process has the machine's cores to share, the load generator among them.
// Budget (targets.md): ≥ 3,000/s at 100 in flight, p50 ≤ 0.7 ms alone, ≤ 120 MB.
import { findNats } from "#dev/servers/nats.ts";
import { startNatsServer } from "#tests/support/nats-server.ts";
import {
  bareTarget,
  type GatewayTarget,
  ourTarget,
  portkeyTarget,
  startOllamaServer,
} from "./support/gateway-targets.ts";
import { quantile, summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const rounds = isSmoke ? 1 : 5;
const inFlight = isSmoke ? 10 : 100;
const asksPerRound = isSmoke ? 50 : 5_000;
const asksAlone = isSmoke ? 20 : 200;

const program = findNats();
if (program === null) throw new Error("no nats-server here");
await using nats = await startNatsServer(program);
await using ollama = await startOllamaServer();
await using bare = await bareTarget(nats.url, ollama.url);
await using ours = await ourTarget(nats.url, ollama.url);
const isAlone = process.argv.includes("--without-peer");
await using portkey = isAlone ? null : await portkeyTarget(ollama.url);
if (portkey === null && !isAlone) console.log("Portkey is not installed: npm --prefix bench/peers install");

let asked = 0;
const rows = [bare, ours, ...(portkey === null ? [] : [portkey])].map((target: GatewayTarget) => ({
  target,
  perSecond: [] as number[],
  aloneP50Ms: [] as number[],
  rssMb: [] as number[],
}));
for (const { target } of rows) {
  console.error(`warming ${target.name}`);
  await load(target, asksPerRound);
}
for (let round = 0; round < rounds; round++) {
  for (const row of rows) {
    row.perSecond.push(await load(row.target, asksPerRound));
    row.rssMb.push((await row.target.rssBytes()) / 1024 / 1024);
    row.aloneP50Ms.push(quantile(await alone(row.target), 0.5));
  }
}
console.log(
  `gateway: ${rounds} interleaved rounds, ${asksPerRound} questions at ${inFlight} in flight, then ${asksAlone} alone\n`,
);
console.log("answers/s (min, median, best) | alone: p50 ms (min, median) | RSS MB at the end");
for (const { target, perSecond, aloneP50Ms, rssMb } of rows) {
  const [rate, p50] = [summary(perSecond), summary(aloneP50Ms)];
  console.log(
    `${target.name.padEnd(30)} ${Math.round(rate.min)} ${Math.round(rate.median)} ${Math.round(Math.max(...perSecond))} | ${p50.min.toFixed(2)} ${p50.median.toFixed(2)} | ${rssMb.at(-1)?.toFixed(0)}`,
  );
}
const medians = rows.map(({ perSecond }) => quantile(perSecond, 0.5));
const [floor = NaN, own = NaN, peer = NaN] = medians;
console.log(`\nours: ${(own / floor).toFixed(2)} of the floor, ${(own / peer).toFixed(1)} times Portkey.`);

async function load(target: GatewayTarget, asks: number): Promise<number> {
  let left = asks;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left-- > 0) await target.ask(asked++);
    }),
  );
  return (asks / (performance.now() - startedMs)) * 1000;
}

async function alone(target: GatewayTarget): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (let n = 0; n < asksAlone; n++) {
    const startedMs = performance.now();
    await target.ask(asked++);
    latenciesMs.push(performance.now() - startedMs);
  }
  return latenciesMs;
}
