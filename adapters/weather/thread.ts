import { parentPort } from "node:worker_threads";
import { type AirRun, startAir } from "#core/world/weather/air-run.ts";
import type { FromThread, ToThread } from "./messages.ts";

// The thread in which the airs of a process are stepped, a few steps of each in turn: one that has a month to make up for does not keep
// the others waiting.

const stepsPerTurn = 16;

const parent = parentPort;
if (parent === null) throw new Error("this file is the body of a thread");
const tell = (message: FromThread): void => parent.postMessage(message);

const airs = new Map<number, AirRun>();
const busy = new Set<number>();
let isDue = false;

parent.on("message", (message: ToThread) => {
  if (message.type === "stop") return parent.close();
  attempt(message.air, () => take(message));
});

function take(message: Exclude<ToThread, { type: "stop" }>): void {
  const { air } = message;
  if (message.type === "open") {
    airs.set(air, startAir(message.order, message.memory));
    return;
  }
  const run = airs.get(air);
  if (run === undefined) return;
  switch (message.type) {
    case "askFor":
      run.askFor(message.step);
      busy.add(air);
      schedule();
      return;
    case "push":
      if (!run.push(message.pushes)) throw new Error("a push came too late");
      return;
    case "ask":
      answer(run, message);
      return;
    case "close":
      forget(air);
  }
}

function answer(run: AirRun, { call, question }: Extract<ToThread, { type: "ask" }>): void {
  const value = question.kind === "save" ? run.save() : run.forecast(question.place, question.timesS);
  tell({ type: "answer", call, value });
}

function schedule(): void {
  if (isDue) return;
  isDue = true;
  setImmediate(turn);
}

function turn(): void {
  isDue = false;
  for (const air of busy) {
    attempt(air, () => {
      const startedMs = performance.now();
      const isBusy = airs.get(air)?.goOn(stepsPerTurn) ?? false;
      if (!isBusy) busy.delete(air);
      tell({ type: "stepped", ms: performance.now() - startedMs });
    });
  }
  if (busy.size > 0) schedule();
}

/** One air that fails costs the others nothing. */
function attempt(air: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    forget(air);
    tell({ type: "lost", air, reason: error instanceof Error ? error.message : String(error) });
  }
}

function forget(air: number): void {
  airs.delete(air);
  busy.delete(air);
}
