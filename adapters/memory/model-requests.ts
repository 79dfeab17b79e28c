import { AppError } from "#core/lib/errors.ts";
import type { ModelDelivery, ModelRequestHandlers, ModelRequests } from "#core/ports/models.ts";
import type { Clock } from "#core/ports/system.ts";
import { type LlmRequest, priorities } from "#core/protocol/llm.ts";
import { currentTrace, withoutTrace } from "../tracing/current.ts";

export const requestsKeptMax = 50_000;
const dedupeWindowMs = 120_000;
const remembersMax = 100_000;

type State = {
  readonly lines: readonly Entry[][];
  /** In turn; and as they came. */
  readonly takers: Taker[];
  readonly byAge: Taker[];
  kept: number;
  isScheduled: boolean;
};
type Entry = {
  readonly request: LlmRequest;
  readonly trace: string | undefined;
  attempt: number;
  holder: Taker | null;
};
type Taker = {
  readonly handlers: ModelRequestHandlers;
  readonly held: Map<Entry, ModelDelivery>;
  isPaused: boolean;
};

export type MemoryModelRequests = ModelRequests & {
  /** For tests: the newest taker dies, or the oldest. It is told what it has lost, and the others get it. */
  kill(): void;
  killOldest(): void;
  /** For tests: it loses everything that it kept, and whoever asked is in doubt. */
  forget(): void;
};

export function memoryModelRequests(
  { clock }: { readonly clock: Clock },
  options: { readonly keptMax?: number } = {},
): MemoryModelRequests {
  const keptMax = options.keptMax ?? requestsKeptMax;
  const state: State = { lines: priorities.map(() => []), takers: [], byAge: [], kept: 0, isScheduled: false };
  const seen = new Map<string, number>();
  const doubters = new Set<() => void>();
  const die = (taker: Taker | undefined) => taker !== undefined && remove(state, taker, true);

  return {
    asker: "memory",
    async add(request) {
      const nowMs = clock.monotonicMs();
      for (const [id, untilMs] of seen) {
        if (untilMs > nowMs && seen.size < remembersMax) break;
        seen.delete(id);
      }
      if (seen.has(request.id)) return;
      if (state.kept >= keptMax)
        throw new AppError("UNAVAILABLE", "Too many requests for models wait.", { retryAfterS: 1 });
      seen.set(request.id, nowMs + dedupeWindowMs);
      state.kept += 1;
      const entry: Entry = { request: structuredClone(request), trace: currentTrace(), attempt: 0, holder: null };
      lineOf(state, entry).push(entry);
      schedule(state);
    },
    take(handlers) {
      const taker: Taker = { handlers, held: new Map(), isPaused: false };
      state.takers.push(taker);
      state.byAge.push(taker);
      schedule(state);
      return {
        pause: () => void (taker.isPaused = true),
        resume() {
          taker.isPaused = false;
          schedule(state);
        },
        stop: async () => remove(state, taker, false),
      };
    },
    onDoubt(handle) {
      doubters.add(handle);
      return () => void doubters.delete(handle);
    },
    forget() {
      for (const line of state.lines) line.length = 0;
      for (const taker of state.byAge) {
        for (const [entry, delivery] of taker.held) {
          entry.holder = null;
          taker.handlers.lost(delivery);
        }
        taker.held.clear();
      }
      state.kept = 0;
      seen.clear();
      for (const handle of doubters) handle();
    },
    kill: () => void die(state.byAge.at(-1)),
    killOldest: () => void die(state.byAge[0]),
  };
}

/** Never in the stack of the one who added. */
function schedule(state: State): void {
  if (state.isScheduled) return;
  state.isScheduled = true;
  const deliverNow = () => {
    state.isScheduled = false;
    deliver(state);
  };
  withoutTrace(() => setImmediate(deliverNow));
}

function deliver(state: State): void {
  const { lines, takers } = state;
  for (const line of lines) {
    while (line.length > 0) {
      const taker = takers.find(({ isPaused }) => !isPaused);
      if (taker === undefined) return;
      takers.push(...takers.splice(takers.indexOf(taker), 1));
      hand(state, line.shift() as Entry, taker);
    }
  }
}

function hand(state: State, entry: Entry, taker: Taker): void {
  entry.attempt += 1;
  entry.holder = taker;
  const { attempt } = entry;
  const isHeld = () => entry.holder === taker && entry.attempt === attempt;
  const delivery: ModelDelivery = {
    request: structuredClone(entry.request),
    ...(entry.trace !== undefined && { trace: entry.trace }),
    attempt,
    isHeld,
    done() {
      if (!isHeld()) return;
      taker.held.delete(entry);
      entry.holder = null;
      state.kept -= 1;
    },
    giveBack() {
      if (isHeld()) putBack(state, entry, taker);
    },
  };
  taker.held.set(entry, delivery);
  taker.handlers.deliver(delivery);
}

const lineOf = ({ lines }: State, { request }: Entry) => lines[priorities.indexOf(request.priority)] as Entry[];

function putBack(state: State, entry: Entry, taker: Taker): void {
  taker.held.delete(entry);
  entry.holder = null;
  lineOf(state, entry).push(entry);
  schedule(state);
}

function remove(state: State, taker: Taker, isTold: boolean): void {
  for (const list of [state.takers, state.byAge]) {
    const at = list.indexOf(taker);
    if (at >= 0) list.splice(at, 1);
  }
  for (const [entry, delivery] of taker.held) {
    putBack(state, entry, taker);
    if (isTold) taker.handlers.lost(delivery);
  }
}
