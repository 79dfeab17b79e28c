import { rng, type Rng } from "#core/sim/rng.ts";
import { calm, servers } from "./network.ts";
import type { SimProcess } from "./process.ts";
import type { Bot } from "./bot.ts";
import type { Setting, Worker } from "./worker.ts";

/** The faults of a history happen in its first part; then it heals. */
export const troubleMs = 2500;

export type Cast = Setting & {
  readonly edge: SimProcess;
  readonly bots: readonly Bot[];
  readonly workers: () => readonly Worker[];
  /** A new process, under this name or one of its own. */
  readonly start: (name?: string) => void;
};

type Fault = (cast: Cast, random: Rng, say: (what: string) => void) => void;

const pick = <T>(random: Rng, from: readonly T[]): T => from[random.int(from.length)]!;
const between = (random: Rng, min: number, max: number): number => min + random.float() * (max - min);

const pause: Fault = ({ scheduler, workers }, random, say) => {
  const { process } = pick(random, workers());
  const ms = between(random, 50, 3500);
  say(`${process.name} is stopped for ${ms | 0} ms`);
  process.pause();
  scheduler.after(ms, process.resume);
};

const kill: Fault = ({ scheduler, workers, start }, random, say) => {
  const { process } = pick(random, workers());
  const [sameName, ms] = [random.float() < 0.5, between(random, 1, 2000)];
  say(`${process.name} dies, and comes back ${sameName ? "under its name" : "as another"} after ${ms | 0} ms`);
  process.kill();
  scheduler.after(ms, () => start(sameName ? process.name : undefined));
};

const terminate: Fault = ({ scheduler, workers, start }, random, say) => {
  const { process, stop } = pick(random, workers());
  const ms = between(random, 1, 1500);
  say(`${process.name} is asked to end`);
  process.enter(() => {
    void stop().then(() => {
      process.kill();
      scheduler.after(ms, () => start());
    });
  });
};

const cutOne: Fault = ({ scheduler, network, workers, edge }, random, say) => {
  const process = pick(random, [...workers().map((worker) => worker.process), edge]);
  const server = pick(random, servers);
  const direction = pick(random, ["request", "reply", "both"] as const);
  const [isHeld, ms] = [random.float() < 0.5, between(random, 20, 3000)];
  say(`${process.name} has lost the ${server} (${direction}${isHeld ? ", held" : ""}) for ${ms | 0} ms`);
  network.cut(process, server, { direction, isHeld });
  scheduler.after(ms, () => network.mend(process, server));
};

/** What it asks of the database is held up until a world has changed hands: then all of it lands at once, just after. */
const landLate: Fault = ({ network, stores, workers }, random, say) => {
  const { process } = pick(random, workers());
  say(`what ${process.name} sends to the database waits until a world changes hands`);
  network.cut(process, "database", { direction: "request", isHeld: true });
  stores.onceTaken(() => network.mend(process, "database"));
};

const cutAll: Fault = ({ scheduler, network, workers, edge }, random, say) => {
  const server = pick(random, servers);
  const [isHeld, ms] = [random.float() < 0.5, between(random, 20, 2000)];
  const processes = [...workers().map((worker) => worker.process), edge];
  say(`everyone has lost the ${server} for ${ms | 0} ms`);
  for (const process of processes) network.cut(process, server, { direction: "both", isHeld });
  scheduler.after(ms, () => processes.forEach((process) => network.mend(process, server)));
};

const storm: Fault = ({ scheduler, network }, random, say) => {
  const ms = between(random, 100, 1500);
  const weather = {
    lossShare: random.float() * 0.1,
    slowShare: random.float() * 0.3,
    slowMsMax: between(random, 20, 2500),
  };
  say(`the network is bad for ${ms | 0} ms: ${JSON.stringify(weather)}`);
  network.weather = weather;
  scheduler.after(ms, () => (network.weather = calm));
};

const jump: Fault = ({ workers }, random, say) => {
  const { process } = pick(random, workers());
  const ms = Math.round(between(random, -1, 1) * pick(random, [50, 5000, 3_600_000]));
  say(`the wall clock of ${process.name} is set by ${ms} ms`);
  process.jump(ms);
};

const drop: Fault = ({ bots }, random, say) => {
  const bot = pick(random, bots);
  say(`the socket of ${bot.username} breaks`);
  bot.drop();
};

const join: Fault = ({ workers, start }, _random, say) => {
  if (workers().length >= 4) return;
  say("another worker joins");
  start();
};

const faults: readonly Fault[] = [
  pause,
  pause,
  kill,
  kill,
  terminate,
  cutOne,
  cutOne,
  cutOne,
  cutAll,
  landLate,
  landLate,
  storm,
  jump,
  drop,
  drop,
  join,
];

/** A few faults at moments of their own, as the seed has them. */
export function plan(seed: number, cast: Cast, say: (what: string) => void): void {
  const random = rng(seed, "faults");
  const count = 1 + random.int(6);
  cast.broker.duplicateShare = random.float() < 0.5 ? 0.2 : 0;
  for (let i = 0; i < count; i++) {
    const fault = pick(random, faults);
    const mine = rng(seed, "fault", i);
    cast.scheduler.after(random.float() * troubleMs, () => {
      if (cast.scheduler.nowMs() < troubleMs && cast.workers().length > 0) fault(cast, mine, say);
    });
  }
}

/** Lines, steps and journeys, each with words of its own. */
export function script(seed: number, { scheduler, bots }: Cast): void {
  const random = rng(seed, "script");
  for (const [number, bot] of bots.entries()) {
    const count = 3 + random.int(5);
    for (let i = 0; i < count; i++) {
      const words = `b${number}w${i}`;
      const other = bots[(number + 1) % bots.length]!;
      const text = pick(random, [
        `say ${words}`,
        `say ${words}`,
        `tell ${other.username} ${words}`,
        "enter field",
        "lobby",
        "north",
      ]);
      scheduler.after(random.float() * troubleMs, () => bot.type(text));
    }
  }
}

/** Somebody types a whole way there and back again, and what to say on it, in one go: all of it ahead of himself. */
export function bursts(seed: number, { scheduler, bots }: Cast): void {
  for (const [number, bot] of bots.entries()) {
    const random = rng(seed, "burst", number);
    if (random.float() < 0.5) continue;
    const count = 3 + random.int(8);
    const texts = Array.from({ length: count }, (_, i) =>
      pick(random, [`say b${number}u${i}`, "enter field", "lobby"]),
    );
    const everyMs = pick(random, [0, 0, 5, 40]);
    scheduler.after(random.float() * troubleMs, () => {
      for (const [i, text] of texts.entries()) scheduler.after(i * everyMs, () => bot.type(text));
    });
  }
}
