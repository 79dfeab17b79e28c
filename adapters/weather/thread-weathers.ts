import type { Metrics } from "#core/protocol/metrics.ts";
import { Worker } from "node:worker_threads";
import { AppError } from "#core/lib/errors.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import { airsMax, type OpenAir, type SavedAir, type Weathers } from "#core/ports/weather.ts";
import type { Observation } from "#core/sim/weather/observation.ts";
import { airReader, type AirOrder, createAirMemory } from "#core/world/weather/air-run.ts";
import { airStepS } from "#core/world/weather/air.ts";
import type { FromThread, Question, ToThread } from "./messages.ts";

/** Questions under way. One more is refused. */
const questionsMax = 64;
/** Long enough for an air that has a month to make up for, among others. */
const answerMsMax = 10_000;
const stopMsMax = 5_000;

type Ctx = { readonly clock: Clock; readonly log: Log; readonly metrics: Metrics };
type Answer = SavedAir | readonly Observation[];
type Waiting = {
  readonly air: number;
  readonly resolve: (value: Answer) => void;
  readonly reject: (error: Error) => void;
  /** Nobody waits for its time any more. */
  readonly over: AbortController;
};

/** Steps the airs of this process in one thread beside it, which is started when the first is opened and again if it dies. */
export function threadWeathers(ctx: Ctx): Weathers & AsyncDisposable {
  let thread: Thread | null = null;
  let isStopped = false;
  const current = (): Thread => {
    if (isStopped) throw new AppError("UNAVAILABLE", "The weather is closed.");
    if (thread === null || thread.isDead) thread = startThread(ctx);
    return thread;
  };
  return {
    open(order) {
      const on = current();
      if (on.airs.size >= airsMax) throw new AppError("UNAVAILABLE", "Too many worlds have weather just now.");
      return openAir(on, order);
    },
    async [Symbol.asyncDispose]() {
      isStopped = true;
      await thread?.stop();
    },
  };
}

type Air = { isLost: boolean };

type Thread = {
  readonly isDead: boolean;
  readonly airs: Map<number, Air>;
  add(air: Air): number;
  tell(message: ToThread): void;
  ask(air: number, question: Question): Promise<Answer>;
  stop(): Promise<void>;
};

function openAir(thread: Thread, order: AirOrder): OpenAir {
  const memory = createAirMemory(order.spec);
  const read = airReader(order.spec, memory);
  const stepS = airStepS(order.spec);
  const air: Air = { isLost: false };
  const id = thread.add(air);
  let asked = -Infinity;
  thread.tell({ type: "open", air: id, order, memory });
  return {
    stepS,
    get isLost() {
      return air.isLost;
    },
    at(timeS) {
      if (air.isLost) return null;
      const step = Math.floor(timeS / stepS);
      if (step + 1 > asked) {
        asked = step + 1;
        thread.tell({ type: "askFor", air: id, step: asked });
      }
      return read(step, timeS / stepS - step);
    },
    push(pushes) {
      if (pushes.some(({ step }) => step < asked)) air.isLost = true;
      else thread.tell({ type: "push", air: id, pushes });
    },
    save: async () => (await thread.ask(id, { kind: "save" })) as SavedAir,
    forecast: async (place, timesS) => {
      const { relief: _, ...rest } = place;
      return (await thread.ask(id, { kind: "forecast", place: rest, timesS })) as readonly Observation[];
    },
    close() {
      air.isLost = true;
      thread.airs.delete(id);
      thread.tell({ type: "close", air: id });
    },
  };
}

function startThread({ clock, log, metrics }: Ctx): Thread {
  const worker = new Worker(new URL("./thread.ts", import.meta.url), { execArgv: [] });
  worker.unref();
  const airs = new Map<number, Air>();
  const waiting = new Map<number, Waiting>();
  let [lastAir, lastCall, isDead] = [0, 0, false];
  const unavailable = () => new AppError("UNAVAILABLE", "Nobody can read the sky just now.");
  const settle = (call: number, how: (one: Waiting) => void): void => {
    const one = waiting.get(call);
    waiting.delete(call);
    one?.over.abort();
    if (one) how(one);
  };
  const lose = (id: number): void => {
    const air = airs.get(id);
    if (air) air.isLost = true;
    airs.delete(id);
    for (const [call, one] of waiting) if (one.air === id) settle(call, ({ reject }) => reject(unavailable()));
  };
  const die = (): void => {
    isDead = true;
    for (const id of airs.keys()) lose(id);
    for (const call of waiting.keys()) settle(call, ({ reject }) => reject(unavailable()));
  };
  worker.on("message", (message: FromThread) => {
    if (message.type === "stepped") return metrics.observe("weather_steps_seconds", {}, message.ms / 1000);
    if (message.type === "answer") return settle(message.call, ({ resolve }) => resolve(message.value));
    log.error({ reason: message.reason }, "the weather of a world cannot go on");
    lose(message.air);
  });
  worker.on("error", (error) => log.error({ error }, "the thread of the weather died"));
  worker.on("exit", die);
  const tell = (message: ToThread): void => worker.postMessage(message);
  return {
    get isDead() {
      return isDead;
    },
    airs,
    add(air) {
      airs.set(++lastAir, air);
      return lastAir;
    },
    tell,
    ask: (air, question) =>
      new Promise((resolve, reject) => {
        const isOpen = airs.get(air)?.isLost === false;
        if (isDead || !isOpen || waiting.size >= questionsMax) return reject(unavailable());
        const call = ++lastCall;
        const over = new AbortController();
        waiting.set(call, { air, resolve, reject, over });
        tell({ type: "ask", air, call, question });
        void clock
          .sleep(answerMsMax, over.signal)
          .then(() => settle(call, (one) => one.reject(new AppError("TIMEOUT", "The sky was not read in time."))));
      }),
    async stop() {
      if (isDead) return;
      const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
      tell({ type: "stop" });
      const timer = setTimeout(() => void worker.terminate(), stopMsMax);
      await exited;
      clearTimeout(timer);
    },
  };
}
