import { type Breaker, closedBreaker, failed, revived, succeeded, waited } from "#core/llm/breaker.ts";
import type { Scheduler } from "#core/llm/scheduler/scheduler.ts";
import { shareOfSlots } from "#core/llm/share-slots.ts";
import type { ModelHost } from "#core/ports/models.ts";
import type { GatewaySettings, GatewayStatus } from "#core/protocol/llm-status.ts";
import type { GatewayContext } from "./context.ts";

type HostSettings = GatewaySettings["hosts"][number];
type Known = {
  settings: HostSettings;
  readonly host: ModelHost;
  readonly stop: AbortController;
  breaker: Breaker;
  models: ReadonlySet<string>;
  loaded: ReadonlySet<string>;
  isSeen: boolean;
  /** It did not answer when it was last looked at. */
  isDown: boolean;
};

/** How often hosts are looked at: what they have, what is loaded, whether they answer. */
export const probeEveryMs = 2_000;
/** One that did not answer: callers do without models for no longer than they must. */
const probeDownEveryMs = 500;
const probeMsMax = 1_500;

/** The hosts as this gateway sees them; the scheduler is told whatever changes. */
export type Hosts = {
  apply(settings: GatewaySettings["hosts"]): void;
  /** Which gateways share the slots. */
  shareWith(names: ReadonlySet<string>): void;
  get(id: string): ModelHost | undefined;
  /** What a request showed of a host. */
  report(id: string, isHostFault: boolean): void;
  open(): number;
  slots(): number;
  /** Resolves when every host was looked at once. */
  seen(): Promise<void>;
  view(): GatewayStatus["hosts"];
} & Disposable;

type Given = {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly changed: () => void;
  /** There is a host where there was none, or none any more. */
  readonly turned: () => void;
};

type State = Given & {
  readonly ctx: GatewayContext;
  readonly known: Map<string, Known>;
  readonly looks: Promise<void>[];
  gateways: ReadonlySet<string>;
  isAnyOpen: boolean;
};

export function hosts(ctx: GatewayContext, given: Given): Hosts {
  const { scheduler } = given;
  const known = new Map<string, Known>();
  const state: State = { ...given, ctx, known, looks: [], gateways: new Set([given.name]), isAnyOpen: false };

  return {
    apply: (wanted) => apply(state, wanted),
    shareWith(names) {
      if (isSame(names, state.gateways)) return;
      state.gateways = new Set(names);
      for (const each of known.values()) tell(state, each);
    },
    get: (id) => known.get(id)?.host,
    report(id, isHostFault) {
      const each = known.get(id);
      if (each === undefined) return;
      turn(state, each, isHostFault ? failed(each.breaker, ctx.clock.monotonicMs()) : succeeded(each.breaker));
    },
    open: () => openOf(state),
    slots: () =>
      [...known.values()].reduce((sum, each) => sum + (runningMaxOf(state, each) > 0 ? slotsOf(state, each) : 0), 0),
    seen: async () => void (await Promise.all(state.looks)),
    view: () =>
      [...known.values()].map((each) => ({
        id: each.settings.id,
        state: stateOf(each),
        running: scheduler.runningOn(each.settings.id),
        slots: slotsOf(state, each),
        models: [...each.models].toSorted(),
        loaded: [...each.loaded].toSorted(),
      })),
    [Symbol.dispose]() {
      for (const each of known.values()) each.stop.abort();
    },
  };
}

function apply(state: State, wanted: GatewaySettings["hosts"]): void {
  const { known } = state;
  for (const [id, { settings }] of known)
    if (!wanted.some((each) => each.id === id && each.url === settings.url)) remove(state, id);
  for (const settings of wanted) {
    const each = known.get(settings.id);
    if (each === undefined) add(state, settings);
    else {
      each.settings = settings;
      tell(state, each);
    }
  }
}

function add(state: State, settings: HostSettings): void {
  const each: Known = {
    settings,
    host: state.ctx.openHost(settings.url),
    stop: new AbortController(),
    breaker: closedBreaker,
    models: new Set(),
    loaded: new Set(),
    isSeen: false,
    isDown: false,
  };
  state.known.set(settings.id, each);
  tell(state, each);
  const first = look(state, each);
  state.looks.push(first);
  void watch(state, each, first);
}

function remove(state: State, id: string): void {
  state.known.get(id)?.stop.abort();
  state.known.delete(id);
  state.scheduler.removeHost(id);
  noteTurn(state);
  state.changed();
}

const openOf = (state: State): number =>
  [...state.known.values()].filter((each) => runningMaxOf(state, each) > 0).length;

function noteTurn(state: State): void {
  const isAnyOpen = openOf(state) > 0;
  if (isAnyOpen === state.isAnyOpen) return;
  state.isAnyOpen = isAnyOpen;
  state.turned();
}

const slotsOf = ({ name, gateways }: State, { settings }: Known): number =>
  shareOfSlots(settings.slotsPerModel, settings.id, name, gateways);

function runningMaxOf(state: State, each: Known): number {
  if (!each.isSeen || each.settings.isDraining || each.breaker.status === "open") return 0;
  return each.breaker.status === "half-open" ? 1 : slotsOf(state, each) * each.settings.loadedMax;
}

function tell(state: State, each: Known): void {
  const { id, loadedMax } = each.settings;
  const slotsPerModel = slotsOf(state, each);
  state.scheduler.setHost({ id, models: each.models, slotsPerModel, loadedMax, runningMax: runningMaxOf(state, each) });
  noteTurn(state);
  state.changed();
}

function turn(state: State, each: Known, breaker: Breaker): void {
  const before = each.breaker.status;
  each.breaker = breaker;
  if (before === breaker.status) return;
  const { id } = each.settings;
  if (breaker.status === "open") state.ctx.log.warn({ host: id }, "a model host is given no more work");
  else if (breaker.status === "closed") state.ctx.log.info({ host: id }, "a model host works again");
  tell(state, each);
}

async function look(state: State, each: Known): Promise<void> {
  const { clock } = state.ctx;
  const signal = AbortSignal.any([each.stop.signal, AbortSignal.timeout(probeMsMax)]);
  try {
    const { models, loaded } = await each.host.look(signal);
    if (each.stop.signal.aborted) return;
    const isNews = !each.isSeen || !isSame(models, each.models);
    Object.assign(each, { models, loaded, isSeen: true });
    state.scheduler.setLoaded(each.settings.id, loaded, clock.monotonicMs());
    turn(state, each, each.isDown ? revived(each.breaker) : waited(each.breaker, clock.monotonicMs()));
    each.isDown = false;
    if (isNews) tell(state, each);
  } catch {
    if (each.stop.signal.aborted) return;
    each.isDown = true;
    turn(state, each, failed(each.breaker, clock.monotonicMs()));
  }
}

async function watch(state: State, each: Known, first: Promise<void>): Promise<void> {
  await first;
  while (!each.stop.signal.aborted) {
    await state.ctx.clock.sleep(each.isDown ? probeDownEveryMs : probeEveryMs, each.stop.signal);
    if (!each.stop.signal.aborted) await look(state, each);
  }
}

function stateOf({ isSeen, settings, breaker }: Known): GatewayStatus["hosts"][number]["state"] {
  if (settings.isDraining) return "draining";
  if (breaker.status === "open") return "closed";
  if (!isSeen) return "unseen";
  return breaker.status === "half-open" ? "probation" : "open";
}

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((each) => b.has(each));
