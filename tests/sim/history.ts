import { rng } from "#core/sim/rng.ts";
import { worldLook } from "#core/protocol/subjects.ts";
import { startMs } from "#tests/support/records.ts";
import { createBot, type Bot, type Kind } from "./bot.ts";
import { createBroker } from "./broker.ts";
import { bursts, type Cast, plan, script, troubleMs } from "./faults.ts";
import { brokenInvariants } from "./invariants.ts";
import { calm, createNetwork } from "./network.ts";
import { createProcess, type SimProcess } from "./process.ts";
import { createScheduler } from "./scheduler.ts";
import { createStores, worldIds } from "./stores.ts";
import type { Variant } from "./variant.ts";
import { leaseMs, type Setting, startWorker, type Worker } from "./worker.ts";

export type History = {
  readonly seed: number;
  /** What must never be, in words. */
  readonly violations: readonly string[];
  /** What happened to it, in order. */
  readonly story: readonly string[];
  readonly happened: number;
  readonly commits: number;
};

/** Everything is told and confirmed by then, also what a stream took for a repetition until it had forgotten the first. */
const restMsMax = 140_000;
const restPollMs = 100;
const stopMsMax = 15_000;
/** What was on its way when it ended: a frame is tried again for so long, while its socket may not be open yet. */
const afterwardsMs = 6500;
/** Whoever looks after the processes starts one again after this long. */
const restartMs = 200;
/** Slower or faster than this a worker's clock is broken: its share of the lease is not safe any more. */
const driftMax = 0.1;

/** One history, from a seed: trouble, healing, rest, and the end of every process. The same seed is the same history. */
export async function runHistory(seed: number, variant: Variant = null, isTraced = false): Promise<History> {
  const history = begin(seed, variant, isTraced);
  const { scheduler, network, violations, stores, bots, story } = history;
  const finish = () => ({ seed, violations, story, happened: scheduler.happened, commits: stores.accepted.length });
  await scheduler.run(troubleMs);
  heal(history);
  const healedMs = scheduler.nowMs();
  await scheduler.run(healedMs + leaseMs + 1000, () => history.isServed());
  if (!history.isServed()) violations.push(`after lease + 1 s not every world is owned again`);
  await scheduler.run(healedMs + 1500);
  for (const bot of bots) bot.insist();
  await untilRest(history, scheduler.nowMs() + restMsMax);
  if (violations.length > 0) return finish();
  await end(history);
  violations.push(...(await brokenInvariants(stores, bots)));
  network.mendAll();
  return finish();
}

type Live = Cast & {
  readonly story: string[];
  readonly all: Worker[];
  readonly isServed: () => boolean;
};

function begin(seed: number, variant: Variant, isTraced: boolean): Live {
  const random = rng(seed, "cast");
  const scheduler = createScheduler();
  const network = createNetwork(scheduler, rng(seed, "network"));
  const stores = createStores(() => startMs + scheduler.nowMs(), variant);
  const violations: string[] = [];
  const story: string[] = [];
  const bots: Bot[] = [];
  const say = (what: string) => void story.push(`${scheduler.nowMs() | 0} ms: ${what}`);
  const trace = isTraced ? say : () => {};
  const broker = createBroker(
    { scheduler, network, random: rng(seed, "broker") },
    {
      onTaken(worldId, input) {
        trace(`the stream of ${worldId.slice(0, 2)} has ${JSON.stringify(input)}`);
        for (const bot of bots) bot.landed(worldId, input);
      },
    },
  );
  const setting: Setting = { scheduler, network, broker, stores, variant, violations, trace, sent: new Set() };
  const all: Worker[] = [];
  const fault = () => ({
    rate: 1 + (2 * random.float() - 1) * driftMax,
    wallOffsetMs: Math.round((random.float() - 0.5) * 400),
  });
  const start = (name = `worker-${all.length + 1}`): void => {
    if (all.some(({ process }) => process.isAlive && process.name === name)) return;
    const onExit = () => void scheduler.after(restartMs, () => start(name));
    const process = createProcess(scheduler, name, startMs, fault());
    all.push(startWorker(setting, process, { seed: seed * 100 + all.length, onExit }));
  };
  const edge = createProcess(scheduler, "functions", startMs, { rate: 1, wallOffsetMs: 0 });
  const workers = () => all.filter(({ process }) => process.isAlive);
  const isServed = () => worldIds.every((id) => broker.isServed(worldLook(id).subject));
  const cast: Live = { ...setting, edge, bots, workers, start, story, all, isServed };

  for (let i = 2 + random.int(3); i > 0; i--) start();
  const isHasty = random.float() < 0.5;
  for (let number = 1 + random.int(2) + 1; number > 0; number--)
    bots.push(
      createBot(setting, { number, kind: kindOf(seed, number), edge, random: rng(seed, "bot", number), isHasty }),
    );
  for (const bot of bots) bot.start();
  script(seed, cast);
  bursts(seed, cast);
  plan(seed, cast, say);
  return cast;
}

/** Half of the players are as the existing client is, and a third is somebody else in the field. */
function kindOf(seed: number, number: number): Kind {
  const random = rng(seed, "kind", number);
  return { protocol: random.float() < 0.5 ? "legacy" : "v1", hasOther: random.float() < 0.33 };
}

function heal({ network, broker, workers, start, story }: Live): void {
  story.push(`${troubleMs} ms: everything heals`);
  network.weather = calm;
  network.mendAll();
  broker.duplicateShare = 0;
  for (const { process } of workers()) process.resume();
  if (workers().every(({ isEnding }) => isEnding)) start();
}

/** Until everyone is connected, everything has been read, and no message between worlds waits to be confirmed. */
async function untilRest(history: Live, untilMs: number): Promise<void> {
  const { scheduler, bots, broker, violations } = history;
  for (;;) {
    await scheduler.run(scheduler.nowMs() + restPollMs);
    const left = [
      ...bots
        .filter(({ isOnline, isIdle }) => !isOnline || !isIdle)
        .map(({ username }) => `${username} is not connected`),
      ...broker.unread().map((text) => `not read: ${text}`),
      ...unconfirmed(history).map((id) => `not confirmed: ${id}`),
    ];
    if (left.length === 0) return;
    if (scheduler.nowMs() < untilMs) continue;
    violations.push(`it does not come to rest: ${left.join("; ")}`);
    return;
  }
}

function unconfirmed({ stores }: Live): string[] {
  const open = new Set<string>();
  for (const { type, payload } of stores.tables.feed) {
    const { messageId } = payload as { messageId?: string };
    if (messageId === undefined) continue;
    if (type === "messageSettled") open.delete(messageId);
    else open.add(messageId);
  }
  return [...open];
}

/** Every process ends in good order, and leaves nothing behind. */
async function end({ scheduler, workers, bots, broker, violations }: Live): Promise<void> {
  for (const bot of bots) bot.end();
  const stopped = new Set<SimProcess>();
  const alive = workers();
  for (const { process, stop } of alive) process.enter(() => void stop().then(() => stopped.add(process)));
  await scheduler.run(scheduler.nowMs() + stopMsMax, () => alive.every(({ process }) => stopped.has(process)));
  await scheduler.run(scheduler.nowMs() + afterwardsMs);
  for (const { process } of alive) {
    if (!stopped.has(process)) violations.push(`${process.name} does not end`);
    const left = { sleeps: process.sleeping, calls: process.waiting, listeners: broker.listening(process) };
    if (Object.values(left).some((count) => count > 0))
      violations.push(`${process.name} leaves behind ${JSON.stringify(left)}`);
  }
}
