// Ten times what the models can do, open loop: the AI gateway beside a bare NATS → HTTP loop, each before a stand-in for Ollama of its own with
// eight slots and, as Ollama has it, a queue without end. The one who asks, the gateway, NATS and the stand-in are processes of their own on the
// machine's cores. In time is what is answered within the deadline. Portkey is not in it: it asks by another route of Ollama's API, where the
// stand-in has no slots.
// Budget (targets.md): refused in ≤ 2 ms with a time to retry, goodput ≥ 95 %, memory flat. A turn of the load generator that began late is told,
// too: what it measures of a refusal is that much too long.
import { findNats } from "#dev/servers/nats.ts";
import { startNatsServer } from "#tests/support/nats-server.ts";
import { bareTarget, type GatewayTarget, ourTarget, startOllamaServer } from "./support/gateway-targets.ts";
import { quantile } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const slots = 8;
const tokenMs = 3;
const deadlineMs = 2_000;
const loadMs = isSmoke ? 300 : 8_000;
const baselineMs = isSmoke ? 300 : 3_000;
const sendEveryMs = 2;
const factor = 10;

const program = findNats();
if (program === null) throw new Error("no nats-server here");
await using nats = await startNatsServer(program);
const makers: readonly ((ollamaUrl: string) => Promise<GatewayTarget>)[] = [
  (url) => bareTarget(nats.url, url),
  (url) =>
    ourTarget(nats.url, url, {
      OLLAMA_HOSTS: `${url}?parallel=${slots}&name=gpu-1`,
      AI_WAITING_MAX: String(10 * slots),
    }),
];
console.log(
  "capacity/s | offered/s | in time, of capacity | refused: p50, p99 ms | late turns p99 ms | RSS MB before, after",
);
for (const make of makers) {
  await using ollama = await startOllamaServer({ SLOTS: String(slots), TOKEN_MS: String(tokenMs) });
  await using target = await make(ollama.url);
  await measure(target);
}

async function measure(target: GatewayTarget): Promise<void> {
  const perSecond = await capacityOf(target);
  const rssBefore = await target.rssBytes();
  const { sent, inTime, refusedMs, lateMs, tookMs } = await overload(target, perSecond * factor);
  const rssAfter = await target.rssBytes();
  const refused = refusedMs.length === 0 ? "never" : `${ms(refusedMs, 0.5)}, ${ms(refusedMs, 0.99)}`;
  const share = Math.round((inTime / ((perSecond * tookMs) / 1000)) * 100);
  const mb = [rssBefore, rssAfter].map((bytes) => Math.round(bytes / 1024 / 1024)).join(", ");
  const offered = Math.round((sent * 1000) / tookMs);
  console.log(
    `${target.name.padEnd(30)} ${Math.round(perSecond)} | ${offered} | ${share} % | ${refused} | ${ms(lateMs, 0.99)} | ${mb}`,
  );
}

function ms(values: readonly number[], share: number): string {
  return quantile(values, share).toFixed(1);
}

/** Answers a second where never more is asked at once than there are slots. */
async function capacityOf(target: GatewayTarget): Promise<number> {
  let answered = 0;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: slots }, async () => {
      while (performance.now() - startedMs < baselineMs) await target.ask(answered++);
    }),
  );
  return (answered * 1000) / (performance.now() - startedMs);
}

async function overload(target: GatewayTarget, perSecond: number) {
  const refusedMs: number[] = [];
  const lateMs: number[] = [];
  let [sent, inTime, isOver] = [0, 0, false];
  const one = async (n: number) => {
    const startedMs = performance.now();
    const outcome = await (target.tryAsk?.(n, deadlineMs) ?? target.ask(n).then(() => "answered" as const));
    const tookMs = performance.now() - startedMs;
    if (isOver) return;
    if (outcome === "refused") refusedMs.push(tookMs);
    else if (tookMs <= deadlineMs) inTime += 1;
  };
  const startedMs = performance.now();
  let dueMs = startedMs;
  while (performance.now() - startedMs < loadMs) {
    const due = Math.floor(((performance.now() - startedMs) / 1000) * perSecond);
    // What fails, or is cut off at the end, is not in time.
    while (sent < due) void one(1_000_000 + sent++).catch(() => undefined);
    dueMs = performance.now() + sendEveryMs;
    await new Promise((resolve) => setTimeout(resolve, sendEveryMs));
    lateMs.push(performance.now() - dueMs);
  }
  isOver = true;
  return { sent, inTime, refusedMs, lateMs, tookMs: performance.now() - startedMs };
}
