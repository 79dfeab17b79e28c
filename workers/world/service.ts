import type { WorldId } from "#core/lib/ids.ts";
import { worldFreed } from "#core/protocol/subjects.ts";
import { worldWanted } from "#core/protocol/world-subjects.ts";
import { sleepAfterMs } from "#core/world/announce-inputs.ts";
import type { WorldContext } from "./context.ts";
import { Fleet } from "./fleet.ts";
import { createGuard, type Guard } from "./guard.ts";
import { runTaken } from "./run-taken.ts";
import { serveWorlds } from "./serve-worlds.ts";

export type WorldServiceOptions = {
  /** Names this worker among the owners. The same name again takes over at once what it owned. */
  readonly owner: string;
  readonly leaseMs: number;
  /** A world that nobody has needed for so long sleeps. */
  readonly sleepAfterMs?: number;
  /** Left out: turns that do not end are ended. */
  readonly guard?: Guard;
};

export type WorldService = AsyncDisposable & {
  /** Worlds that run here now. */
  readonly owned: ReadonlySet<WorldId>;
  /** Gives up every world in good order. */
  stop(): Promise<void>;
};

/** Owns worlds and answers for all of them: takes those that belong here, runs them, and keeps the leases on them alive until it is stopped. */
export async function startWorldService(ctx: WorldContext, options: WorldServiceOptions): Promise<WorldService> {
  const fleet = new Fleet(ctx, { sleepAfterMs, guard: createGuard(), ...options }, runTaken(ctx));
  await fleet.round();
  await fleet.settled();
  const keeping = fleet.keepGoing();
  const unsubscribes = [
    ctx.bus.subscribe(worldFreed, ({ worldId }) => fleet.freed(worldId as WorldId)),
    ctx.bus.subscribe(worldWanted, ({ worldId }) => fleet.call(worldId as WorldId)),
  ];
  const serving = serveWorlds(ctx);
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    for (const unsubscribe of unsubscribes) unsubscribe();
    fleet.stop();
    // Acts that are under way still find their worlds here.
    return (stopped ??= Promise.all([serving.stop(), keeping]).then(() => fleet.giveUpAll()));
  };
  return {
    get owned() {
      return fleet.owned;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
